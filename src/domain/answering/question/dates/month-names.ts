/** Names of months, as patterns; January first. */
export const MONTH_NAMES = [
  'january|jan\\.?|januar|jänner|janvier|enero',
  'february|feb\\.?|februar|février|fevrier|febrero',
  'march|märz|mars|marzo',
  'april|apr\\.?|avril|abril',
  'may|mai|mayo',
  'june|juni|juin|junio',
  'july|juli|juillet|julio',
  'august|aug\\.?|août|aout|agosto',
  'september|sept?\\.?|septembre|septiembre|setiembre',
  'october|oct\\.?|oktober|okt\\.?|octobre|octubre',
  'november|nov\\.?|novembre|noviembre',
  'december|dec\\.?|dezember|dez\\.?|décembre|decembre|diciembre',
];

export const MONTH = MONTH_NAMES.join('|');

/** Names that are everyday words too: only what stands around them makes them months. */
export const AMBIGUOUS = /^(?:may|march|mars|mai|jan|dec|oct|sep|august)$/i;

/** 1 to 12. */
export function monthNumber(name: string): number {
  return MONTH_NAMES.findIndex((names) => new RegExp(`^(?:${names})$`, 'iu').test(name)) + 1;
}

const GERMAN_ONES = 'ein zwei drei vier fünf sechs sieben acht neun'.split(' ');
/** Days of a month in words, from the first: in German with any ending, in French and Spanish as they are counted. */
const DAYS = {
  de: [
    ...'ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften'.split(' '),
    ...'dreizehnten vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten'.split(' '),
    ...GERMAN_ONES.map((one) => `${one}undzwanzigsten`),
    ...['dreißigsten', 'einunddreißigsten'],
  ],
  fr: [
    ...'premier deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(' '),
    ...'dix-sept dix-huit dix-neuf vingt vingt-et-un vingt-deux vingt-trois vingt-quatre vingt-cinq'.split(' '),
    ...'vingt-six vingt-sept vingt-huit vingt-neuf trente trente-et-un'.split(' '),
  ],
  es: [
    ...'primero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince'.split(' '),
    ...'dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro'.split(' '),
    ...'veinticinco veintiséis veintisiete veintiocho veintinueve treinta treinta y uno'.split(/ (?!y|uno)/),
  ],
};
const anyOf = (names: readonly string[]) => names.toSorted((a, b) => b.length - a.length).join('|');

/** "dritten Februar", "quinze janvier", "quince de enero": the day, in languages in which chrono does not read it. */
export const DAY_IN_WORDS = new RegExp(
  `(?<!\\p{L})(?:(?:${anyOf(DAYS.de)}|${anyOf(DAYS.fr)})(?=\\s+(?:${MONTH})(?!\\p{L}))|(?:${anyOf(DAYS.es)})(?=\\s+de\\s+(?:${MONTH})(?!\\p{L})))`,
  'giu',
);

/** The day in digits, in German with its dot. */
export function digitsOf(written: string): string {
  const word = written.toLowerCase();
  const day =
    Object.values(DAYS)
      .map((names) => names.indexOf(word) + 1)
      .find((place) => place > 0) ?? 0;
  return DAYS.de.includes(word) ? `${day}.` : String(day);
}
