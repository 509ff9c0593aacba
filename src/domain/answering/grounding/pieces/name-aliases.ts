/** Names that are the same: short forms of first names, and cities and countries in other languages. */
const GROUPS = `
robert rob bob bobby robbie bert
william will bill billy liam willi
elizabeth liz beth lizzie eliza betty elisabeth elsa
michael mike mick mickey micha michi
thomas tom tommy
richard rick rich dick richie
james jim jimmy jamie
john johnny jack jon
jonathan jon jonny
joseph joe joey josef sepp
charles charlie chuck karl carl
edward ed eddie ted ned eduard
margaret maggie meg peggy marge greta
katherine catherine kathryn kate katie kathy cathy kat katharina katrin
jennifer jen jenny
jessica jess jessie
christopher chris kit christoph
christina christine chris tina chrissy christa
nicholas nick nicky nikolaus klaus niklas
anthony tony toni antonio anton
andrew andy drew andreas
alexander alex sasha sandy alexandra alejandro
samuel sam sammy samantha
daniel dan danny daniela
david dave davey
matthew matt matthias
patrick pat paddy patricia patty trish
stephen steven steve stefan steffen
benjamin ben benny
timothy tim timmy
gregory greg
jeffrey geoffrey jeff geoff
kenneth ken kenny
ronald ron ronnie
donald don donnie
lawrence larry laurence lars
rebecca becky becca
susan sue susie suzanne susanne
deborah debbie deb
barbara barb babs bärbel
theodore theo ted
francis frank fran francisco paco pancho
frances fran frankie
frederick fred freddy friedrich fritz
henry harry hank heinrich heinz
joseph josé pepe
josephine jo josie josefine
victoria vicky tori
philip phil philipp felipe
peter pete pedro
raymond ray
gerald gerry jerry
leonard leo len lenny
maximilian max maxi
johannes hans hannes
munich münchen
cologne köln
vienna wien
geneva genf genève
zurich zürich
milan mailand milano
rome rom roma
venice venedig venezia
lisbon lissabon lisboa
brussels brüssel bruxelles
prague prag praha
warsaw warschau warszawa
copenhagen kopenhagen københavn
moscow moskau moscú
nuremberg nürnberg
seville sevilla
london londres
germany german germans deutschland allemagne alemania
france french frankreich francia
spain spanish spaniards spanien espagne españa
italy italian italians italien italie italia
switzerland swiss schweiz suisse suiza
austria austrian austrians österreich autriche
britain british uk kingdom großbritannien
england english angleterre inglaterra
netherlands dutch niederlande holland
belgium belgian belgians belgien belgique bélgica
poland polish poles polen pologne polonia
sweden swedish swedes schweden suède suecia
japan japanese japon japón
china chinese chine
europe european europeans eu europa
portugal portuguese portugiesen
brazil brazilian brazilians brasilien brésil brasil
mexico mexican mexicans mexiko mexique méxico
canada canadian canadians kanada
india indian indians indien inde
russia russian russians russland russie rusia
ireland irish irland irlande irlanda
scotland scottish scots schottland écosse escocia
norway norwegian norwegians norwegen norvège noruega
denmark danish danes dänemark danemark dinamarca
finland finnish finns finnland finlande finlandia
greece greek greeks griechenland grèce grecia
turkey turkish turks türkei turquie turquía
ukraine ukrainian ukrainians ucrania
hungary hungarian hungarians ungarn hongrie hungría
romania romanian romanians rumänien roumanie rumanía
korea korean koreans corée corea
australia australian australians australien australie
africa african africans afrika afrique áfrica
asia asian asians asien asie
us usa america american americans states usa
`;

const BY_NAME = new Map<string, Set<number>>();
for (const [place, group] of GROUPS.trim().split('\n').entries()) {
  for (const name of group.split(' ')) BY_NAME.set(name, (BY_NAME.get(name) ?? new Set()).add(place));
}

/** Whether a word, in lower case, is a name for certain. */
export function isKnownName(word: string): boolean {
  return BY_NAME.has(word);
}

/** Whether two names, in lower case, may mean the same. */
export function isAlias(a: string, b: string): boolean {
  const [first, second] = [BY_NAME.get(a), BY_NAME.get(b)];
  return first !== undefined && second !== undefined && [...first].some((place) => second.has(place));
}
