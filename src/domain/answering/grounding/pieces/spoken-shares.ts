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
/** "three out of four", "un client sur quatre", "tres de cada cuatro". */
const OUT_OF = ['', ' \\p{L}+'].map(
  (noun) =>
    new RegExp(
      `(?<!\\p{L})(\\p{L}+|\\d+)${noun} (?:out of|of|in|von|sur|de cada|de) (?:(?:the|our|their|its|my|your|those|these|den|unseren|les|nos|los|las|nuestros) )?(\\p{L}+|\\d+)(?!\\p{L})`,
      'giu',
    ),
);
/** "every third", "jeder Dritte". */
const EVERY: [string, number][] = [
  ['second|zweite', 1 / 2],
  ['third|dritte', 1 / 3],
  ['fourth|vierte', 1 / 4],
  ['fifth|fünfte', 1 / 5],
  ['tenth|zehnte', 1 / 10],
];
/** "three to one" is three in four. */
const RATIO = /(?<!\p{L})(\p{L}+|\d+)(?: to | zu | contra |:)(one|eins|uno|1)(?!\p{L})/giu;
/** What grew so many times grew by so many per cent. */
const FACTORS: [string, number][] = [
  ['double[ds]?|twofold|verdoppelt?e?n?|doublé?|duplic\\p{L}+', 2],
  ['triple[ds]?|threefold|verdreifacht|triplé?|triplic\\p{L}+', 3],
  ['quadrupled?|fourfold|vervierfacht|quadruplé?|cuadruplic\\p{L}+', 4],
  ['fivefold|verfünffacht', 5],
  ['tenfold|verzehnfacht|décuplé?', 10],
  ['halved|halbiert', 0.5],
];
/** Lengths that have a name, as numbers of their usual units. */
const LENGTHS: [RegExp, number[]][] = [
  [/(?<!\p{L})(?:fortnights?|vierzehn tagen?|quinze jours|quinzaine|quince días|quincena)(?!\p{L})/iu, [2, 14]],
  [/(?<!\p{L})(?:acht tagen?|huit jours|ocho días)(?!\p{L})/iu, [1, 7]],
  [/(?<!\p{L})(?:noon|midday|mittags?|midi|mediodía)(?!\p{L})/iu, [12]],
  [/(?<!\p{L})(?:midnight|mitternacht|minuit|medianoche)(?!\p{L})/iu, [0, 24]],
  [/(?<!\p{L})a (?:buck|dollar|euro|pound|quid) fifty(?!\p{L})/iu, [1.5]],
  [/(?<!\p{L})(?:dreiviertelstunde|trois quarts d['’]heure|tres cuartos de hora)(?!\p{L})/iu, [45, 0.75]],
  [/(?<!\p{L})(?:viertelstunde|quart d['’]heure|cuarto de hora)(?!\p{L})/iu, [15, 0.25]],
  [/(?<!\p{L})(?:halbe stunde|demi-heure|media hora)(?!\p{L})/iu, [30, 0.5]],
  [/(?<!\p{L})(?:une heure et demie|una hora y media)(?!\p{L})/iu, [1.5, 90]],
];

/** Parts that a sentence names in English by an ordinal, which other languages have words of their own for. */
const NAMED_PART = /(?<!\p{L})(?:an?|one)\s+(?:third|fifth|sixth|eighth|tenth)(?=\s+of(?!\p{L})|\s*[.,;:)]|\s*$)/giu;

/** "a third of": such parts of a sentence, each with its share. */
export function namedParts(text: string): { text: string; share: number }[] {
  return [...text.matchAll(NAMED_PART)].flatMap(([named]) => {
    const part = PARTS.find(([names]) => new RegExp(`^(?:${names.replaceAll(' ', '\\s+')})$`, 'iu').test(named));
    return part === undefined ? [] : [{ text: named, share: part[1] }];
  });
}

/** Numbers that a text states by the names of parts and lengths. */
export function spokenShares(text: string, languages: readonly Language[]): number[] {
  const parts = PARTS.flatMap(([names, value]) =>
    new RegExp(`(?<!\\p{L})(?:${names.replaceAll(' ', '\\s+')})(?!\\p{L})`, 'iu').test(text)
      ? [value, 100 * value]
      : [],
  );
  const outOf = OUT_OF.flatMap((form) => [...text.matchAll(form)]).flatMap(([, part = '', whole = '']) => {
    const [a, b] = [statedNumbers(part, languages)[0], statedNumbers(whole, languages)[0]];
    return a === undefined || b === undefined || a >= b || b > 100 ? [] : [a / b, (100 * a) / b];
  });
  const every = EVERY.flatMap(([names, share]) =>
    new RegExp(`(?<!\\p{L})(?:every|each|jede[rsnm]?)\\s+(?:${names})[nrsm]?(?!\\p{L})`, 'iu').test(text)
      ? [share, 100 * share]
      : [],
  );
  const ratios = [...text.matchAll(RATIO)].flatMap(([, one = '', other = '']) => {
    const [a, b] = [statedNumbers(one, languages)[0], statedNumbers(other, languages)[0]];
    return a === undefined || b === undefined || a + b === 0 ? [] : [(100 * a) / (a + b), (100 * b) / (a + b)];
  });
  const factors = FACTORS.flatMap(([names, factor]) =>
    new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'iu').test(text)
      ? [factor, 100 * factor, 100 * Math.abs(factor - 1)]
      : [],
  );
  return [
    ...parts,
    ...outOf,
    ...every,
    ...factors,
    ...ratios,
    ...LENGTHS.flatMap(([form, values]) => (form.test(text) ? values : [])),
  ];
}
