import type { Language } from '../languages.ts';

/** What a word of a number means: an amount, or what it makes of the amounts around it. */
export type NumberWord =
  | { kind: 'amount'; value: number }
  | { kind: 'times'; value: number }
  | { kind: 'part'; value: number }
  | { kind: 'point' }
  | { kind: 'and' };

type Table = ReadonlyMap<string, NumberWord>;

const EN_ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const EN_TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
const EN_ORDINALS =
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth';
const FR_ONES = 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize';
const ES_ONES =
  'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve';
const DE_ONES =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn';
const DE_TENS = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig';

const DE_ORDINALS: Record<string, string> = { eins: 'erst', drei: 'dritt', sieben: 'siebt', acht: 'acht' };

export const NUMBER_WORDS: Record<Language, Table> = {
  en: table({
    amount: [
      ...count(EN_ONES, 0, 1),
      ...count(EN_TENS, 20, 10),
      ...count(EN_ORDINALS, 0, 1).filter(([word]) => word !== 'second'),
      ...count('twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth', 20, 10),
      ['oh', 0],
      ['nil', 0],
      ['nought', 0],
      ['twice', 2],
      ['double', 2],
      ['doubled', 2],
      ['triple', 3],
      ['tripled', 3],
    ],
    times: [
      ['dozen', 12],
      ['hundred', 100],
      ['thousand', 1e3],
      ['million', 1e6],
      ['millions', 1e6],
      ['billion', 1e9],
      ['billions', 1e9],
      ['hundredth', 100],
    ],
    part: [
      ['half', 0.5],
      ['halves', 0.5],
      ['quarter', 0.25],
      ['quarters', 0.25],
      ['thirds', 1 / 3],
      ['tenths', 0.1],
      ['fifths', 0.2],
      ['sixths', 1 / 6],
      ['eighths', 0.125],
    ],
    point: ['point'],
    and: ['and', 'a'],
  }),
  de: table({
    amount: german(),
    times: [
      ['dutzend', 12],
      ['hundert', 100],
      ['tausend', 1e3],
      ['million', 1e6],
      ['millionen', 1e6],
      ['mio', 1e6],
      ['milliarde', 1e9],
      ['milliarden', 1e9],
    ],
    part: [
      ['halb', 0.5],
      ['halbe', 0.5],
      ['halben', 0.5],
      ['halbes', 0.5],
      ['halber', 0.5],
      ['hälfte', 0.5],
      ['viertel', 0.25],
      ['drittel', 1 / 3],
      ['zehntel', 0.1],
      ['fünftel', 0.2],
      ['sechstel', 1 / 6],
      ['achtel', 0.125],
    ],
    point: ['komma'],
    and: ['und'],
  }),
  fr: table({
    amount: [
      ...count(FR_ONES, 0, 1),
      ...count('vingt trente quarante cinquante soixante', 20, 10),
      ['une', 1],
      ...count('dix-sept dix-huit dix-neuf', 17, 1),
      ['premier', 1],
      ['première', 1],
      ['vingts', 20],
      ['double', 2],
    ],
    times: [
      ['cent', 100],
      ['cents', 100],
      ['mille', 1e3],
      ['dizaine', 10],
      ['douzaine', 12],
      ['douzaines', 12],
      ['vingtaine', 20],
      ['trentaine', 30],
      ['cinquantaine', 50],
      ['centaine', 100],
      ['centaines', 100],
      ['millier', 1e3],
      ['milliers', 1e3],
      ['million', 1e6],
      ['millions', 1e6],
      ['milliard', 1e9],
      ['milliards', 1e9],
    ],
    part: [
      ['demi', 0.5],
      ['demie', 0.5],
      ['moitié', 0.5],
      ['quart', 0.25],
      ['quarts', 0.25],
      ['tiers', 1 / 3],
      ['dixième', 0.1],
      ['dixièmes', 0.1],
      ['cinquièmes', 0.2],
      ['sixièmes', 1 / 6],
      ['huitièmes', 0.125],
    ],
    point: ['virgule'],
    and: ['et'],
  }),
  es: table({
    amount: [
      ...count(ES_ONES, 0, 1),
      ...count('treinta cuarenta cincuenta sesenta setenta ochenta noventa', 30, 10),
      ['un', 1],
      ['una', 1],
      ['veintiuna', 21],
      ['veintiún', 21],
      ['primero', 1],
      ['doble', 2],
      ...count(
        'cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos',
        100,
        100,
      ),
      ['ciento', 100],
      ...count(
        'doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas novecientas',
        200,
        100,
      ),
    ],
    times: [
      ['mil', 1e3],
      ['decena', 10],
      ['docena', 12],
      ['docenas', 12],
      ['decenas', 10],
      ['centenar', 100],
      ['centenares', 100],
      ['millar', 1e3],
      ['millares', 1e3],
      ['millón', 1e6],
      ['millones', 1e6],
    ],
    part: [
      ['medio', 0.5],
      ['media', 0.5],
      ['mitad', 0.5],
      ['cuarto', 0.25],
      ['cuartos', 0.25],
      ['tercio', 1 / 3],
      ['tercios', 1 / 3],
      ['décimo', 0.1],
      ['décimos', 0.1],
      ['quintos', 0.2],
      ['sextos', 1 / 6],
      ['octavos', 0.125],
    ],
    point: ['coma'],
    and: ['y'],
  }),
};

function table(words: {
  amount: (readonly [string, number])[];
  times: (readonly [string, number])[];
  part: (readonly [string, number])[];
  point: string[];
  and: string[];
}): Table {
  return new Map<string, NumberWord>([
    ...words.amount.map(([word, value]) => [word, { kind: 'amount', value }] as const),
    ...words.times.map(([word, value]) => [word, { kind: 'times', value }] as const),
    ...words.part.map(([word, value]) => [word, { kind: 'part', value }] as const),
    ...words.point.map((word) => [word, { kind: 'point' }] as const),
    ...words.and.map((word) => [word, { kind: 'and' }] as const),
  ]);
}

function count(words: string, from: number, step: number): (readonly [string, number])[] {
  return words.split(' ').map((word, i) => [word, from + i * step] as const);
}

/** German writes a number below a thousand in one word. */
function german(): (readonly [string, number])[] {
  const ones = DE_ONES.split(' ');
  const below = new Map(ones.map((word, i) => [word, i]));
  for (const [i, tens] of DE_TENS.split(' ').entries()) {
    below.set(tens, 20 + 10 * i);
    for (let one = 1; one < 10; one++) below.set(`${one === 1 ? 'ein' : ones[one]}und${tens}`, 20 + 10 * i + one);
  }
  const all = [...below, ['ein', 1], ['eine', 1], ['einen', 1], ['einem', 1], ['doppelt', 2]] as [string, number][];
  for (let hundreds = 1; hundreds < 20; hundreds++) {
    const counts = hundreds === 1 ? ['ein', ''] : [ones[hundreds]];
    for (const prefix of counts.map((count) => `${count}hundert`))
      all.push(
        ...(prefix === 'hundert' ? [] : [[prefix, 100 * hundreds] as [string, number]]),
        ...[...below].map(([word, value]): [string, number] => [prefix + word, 100 * hundreds + value]),
      );
  }
  const halves = [...below].map(([word, value]): [string, number] => [`${word}einhalb`, value + 0.5]);
  return [...all, ...halves, ['eineinhalb', 1.5], ['anderthalb', 1.5], ...germanOrdinals([...below])];
}

/** "fünfzehnten", "einundzwanzigste": a day of a month. */
function germanOrdinals(below: readonly (readonly [string, number])[]): (readonly [string, number])[] {
  return below
    .filter(([, value]) => value > 0 && value <= 31)
    .flatMap(([word, value]) => {
      const stem = DE_ORDINALS[word] ?? `${word}${value < 20 ? 't' : 'st'}`;
      return ['e', 'en', 'er', 'es', 'em'].map((ending) => [stem + ending, value] as const);
    });
}
