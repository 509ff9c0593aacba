import type { Language } from '../languages.ts';
import { statedNumbers } from './numbers.ts';

/** Parts by their names, each with its share of the whole. */
const PARTS: [string, number][] = [
  ['a half|one half|die hälfte|la moitié|la mitad', 1 / 2],
  ['(?:a|one) third|ein(?:em?)? drittel|un tiers|un tercio', 1 / 3],
  ['(?:a|one) quarter|ein(?:em?)? viertel|un quart|un cuarto', 1 / 4],
  ['(?:a|one) fifth|ein(?:em?)? fünftel|un cinquième|un quinto', 1 / 5],
  ['(?:a|one) sixth|ein(?:em?)? sechstel|un sixième|un sexto', 1 / 6],
  ['(?:an|one) eighth|ein(?:em?)? achtel|un huitième|un octavo', 1 / 8],
  ['(?:a|one) tenth|ein(?:em?)? zehntel|un dixième|un décimo', 1 / 10],
];
/** "three out of four", "jeder fünfte" not, "trois sur quatre", "tres de cada cuatro". */
const OUT_OF = /(?<!\p{L})(\p{L}+|\d+) (?:out of|in|von|sur|de cada) (\p{L}+|\d+)(?!\p{L})/giu;
/** Lengths that have a name, as numbers of their usual units. */
const LENGTHS: [RegExp, number[]][] = [
  [/(?<!\p{L})fortnights?(?!\p{L})/iu, [2, 14]],
  [/(?<!\p{L})(?:dreiviertelstunde|trois quarts d['’]heure|tres cuartos de hora)(?!\p{L})/iu, [45, 0.75]],
  [/(?<!\p{L})(?:viertelstunde|quart d['’]heure|cuarto de hora)(?!\p{L})/iu, [15, 0.25]],
  [/(?<!\p{L})(?:halbe stunde|demi-heure|media hora)(?!\p{L})/iu, [30, 0.5]],
  [/(?<!\p{L})(?:une heure et demie|una hora y media)(?!\p{L})/iu, [1.5, 90]],
];

/** Numbers that a text states by the names of parts and lengths. */
export function spokenShares(text: string, languages: readonly Language[]): number[] {
  const parts = PARTS.flatMap(([names, value]) =>
    new RegExp(`(?<!\\p{L})(?:${names.replaceAll(' ', '\\s+')})(?!\\p{L})`, 'iu').test(text)
      ? [value, 100 * value]
      : [],
  );
  const outOf = [...text.matchAll(OUT_OF)].flatMap(([, part = '', whole = '']) => {
    const [a, b] = [statedNumbers(part, languages)[0], statedNumbers(whole, languages)[0]];
    return a === undefined || b === undefined || a >= b || b > 100 ? [] : [a / b, (100 * a) / b];
  });
  return [...parts, ...outOf, ...LENGTHS.flatMap(([form, values]) => (form.test(text) ? values : []))];
}
