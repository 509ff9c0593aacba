export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
/** A language whose numbers and dates are read. */
export type Language = (typeof LANGUAGES)[number];

const FUNCTION_WORDS: Record<Language, string> = {
  en: 'the of and to a in is that it was for on with as are be this they at by not have from or an but which you we said would will their he she were has had there what who when can about into than only so if out up do does did i uh um',
  de: 'der die das und zu in ist dass es war für auf mit als sind wird nicht haben von oder ein eine einen einem aber wir sie er ich im am dem den des sich auch nach bei wie über noch nur was wer wann soll sollen bis um aus hat',
  fr: 'le la les des et à est que il elle était pour sur avec comme sont ne pas avoir de ou un une mais nous vous ils elles je du au aux ce cette qui dans par plus se son sa leur ont été en y ou où quand',
  es: 'el la los las de y a es que era para en con como son no haber del o un una pero nosotros ellos ella él yo al se su sus lo por más este esta quien cuando han fue debe muy sobre hay',
};
/** Of languages that are not read, so that they are not taken for one that is. */
const OTHER_FUNCTION_WORDS = [
  'il di che è un una per non sono con del della gli le lo anche come più questo nel dei',
  'de het een van en is dat niet op te in voor met zijn er maar om aan ook als wij',
  'o a os as de que e é um uma para com não se do da em no na por mais como foi',
  'och att det som en på är av för med inte den har de till vi',
  'og at det som en på er af for med ikke den har de til vi',
  'i w na z że się nie do to jest o jak ale po co tak za od przez',
  've bir bu da de için ile ne çok daha olarak gibi ama',
  'yang dan di ini itu dengan untuk tidak dari ke akan pada',
  'ja on ei se että oli hän mutta kun niin ovat myös',
  'a az és hogy nem is egy van de ez meg volt csak',
  'a se v na je že to s z do o i jako ale za by pro',
  'și de la în a cu pe că nu este un o pentru din mai',
];
const KNOWN = LANGUAGES.map((language) => ({ reading: language, words: new Set(FUNCTION_WORDS[language].split(' ')) }));
const OTHERS = OTHER_FUNCTION_WORDS.map((words) => ({ reading: 'unknown' as const, words: new Set(words.split(' ')) }));
/** Fewer words than this say nothing about a language. */
const FEW_WORDS = 15;
/** A sentence has at least this share of its language's function words; a table may have fewer. */
const SHARE = 0.15;

export type Reading = Language | 'unknown' | 'undecided';

/**
 * The language of a text; `undecided` where its words do not tell, `unknown` where it is none that is read.
 * @param onTie what a text is whose words are of two languages alike, as "y" is: the first of them, unless it says otherwise
 */
export function languageOf(text: string, onTie: 'first' | 'undecided' = 'first'): Reading {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{sc=Latin}/gu)?.length ?? 0;
  if (latin < 0.8 * letters) return 'unknown';
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const counted = [...KNOWN, ...OTHERS].map(({ reading, words: known }) => ({
    reading,
    count: words.filter((word) => known.has(word)).length,
  }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  const isTied = counted.some((each) => each !== best && each.reading !== 'unknown' && each.count === best.count);
  if (onTie === 'undecided' && isTied && best.reading !== 'unknown') return 'undecided';
  if (best.reading !== 'unknown' && best.count > 0 && best.count >= SHARE * words.length) return best.reading;
  return words.length >= FEW_WORDS && best.reading === 'unknown' && best.count >= SHARE * words.length
    ? 'unknown'
    : 'undecided';
}
