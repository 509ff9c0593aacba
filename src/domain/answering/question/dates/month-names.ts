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
