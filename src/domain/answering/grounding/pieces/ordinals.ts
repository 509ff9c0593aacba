/** A place in an order, in digits or words: `2nd`, `fifth`, `3.`, `deuxième`. */
export interface FoundOrdinal {
  text: string;
  value: number;
}

const WORDS = [
  'first|erste[nmrs]?|premier|première|primer[oa]?',
  'second|zweite[nmrs]?|deuxième|seconde?|segund[oa]',
  'third|dritte[nmrs]?|troisième|tercer[oa]?',
  'fourth|vierte[nmrs]?|quatrième|cuart[oa]',
  'fifth|fünfte[nmrs]?|cinquième|quint[oa]',
  'sixth|sechste[nmrs]?|sixième|sext[oa]',
  'seventh|siebte[nmrs]?|septième|séptim[oa]',
  'eighth|achte[nmrs]?|huitième|octav[oa]',
  'ninth|neunte[nmrs]?|neuvième|noven[oa]',
  'tenth|zehnte[nmrs]?|dixième|décim[oa]',
];
const DIGITS = /(?<![\p{L}\p{N}.,/])(\d{1,3})(?:st|nd|rd|th|ère|er|ème|e|ª|º|\.(?=\s\p{Lu}\p{Ll}))(?![\p{L}\p{N}])/gu;
/** `Q3` is the third quarter, `H1` the first half. */
const QUARTER = /(?<![\p{L}\p{N}])[QTH]([1-4])(?![\p{L}\p{N}])/gu;
/** What is numbered on purpose: in "the fifth version" the fifth is a fact, in "the second point" it counts the answer's own. */
const NUMBERED =
  /^\s+(?:quarters?|half|versions?|floors?|place|editions?|attempts?|phases?|stages?|rounds?|time|prototypes?|drafts?|quartals?|versionen|entwurfs?|entwurf|stock|platz|versuch|runde|mal|trimestre|étage|fois|tour|essai|piso|lugar|vez|fase|ronda|intento)(?!\p{L})/iu;

/** "twenty-second". */
const COMPOUND = /(?<!\p{L})(twenty|thirty)[\s-](\p{L}+)(?!\p{L})/giu;

/** Ordinals that are facts. */
export function ordinalsIn(text: string): FoundOrdinal[] {
  return allIn(text).filter(({ isDigits, behind }) => isDigits || NUMBERED.test(behind));
}

/** Every place that a text states. */
export function statedOrdinals(text: string): number[] {
  const compound = [...text.matchAll(COMPOUND)].map(([, tens = '', ones = '']) => {
    const place = WORDS.findIndex((names) => new RegExp(`^(?:${names})$`, 'iu').test(ones));
    return (/^twenty/i.test(tens) ? 20 : 30) + place + 1;
  });
  return [...allIn(text).map(({ value }) => value), ...compound];
}

function allIn(text: string): (FoundOrdinal & { isDigits: boolean; behind: string })[] {
  const read = (match: RegExpExecArray, value: number, isDigits: boolean) => ({
    text: match[0],
    value,
    isDigits,
    behind: text.slice(match.index + match[0].length),
  });
  return [
    ...[...text.matchAll(QUARTER)].map((match) => read(match, Number(match[1]), true)),
    ...[...text.matchAll(DIGITS)].map((match) => read(match, Number(match[1]), true)),
    ...WORDS.flatMap((names, place) =>
      [...text.matchAll(new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'giu'))].map((match) =>
        read(match, place + 1, false),
      ),
    ),
  ];
}
