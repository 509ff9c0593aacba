import type { FoundNumber } from './numbers.ts';

const UNIT =
  /^\s?-?(?:%|‰|percent|per cent|prozent|pour cent|por ciento|€|\$|£|euros?\b|eur\b|dollars?\b|usd\b|pounds?\b|gbp\b|bucks?\b|cents?\b|francs?\b|franken\b|chf\b|yen\b|(?:milli|micro)?seconds?\b|sekunden?\b|secondes?\b|segundos?\b|minutes?\b|minuten?\b|minutos?\b|hours?\b|stunden?\b|heures?\b|horas?\b|days?\b|tagen?\b|jours?\b|días?\b|weeks?\b|wochen?\b|semaines?\b|semanas?\b|months?\b|monaten?\b|mois\b|mes(?:es)?\b|years?\b|jahren?\b|ans\b|années?\b|años?\b|feet\b|foot\b|inch(?:es)?\b|met(?:re|er)s?\b|kilomet(?:re|er)s?\b|millimet(?:re|er)s?\b|centimet(?:re|er)s?\b|miles?\b|k?m\b|[cm]m\b|kg\b|grams?\b|tons?\b|degrees?\b|°|points?\b)/i;
const COUNT = 10;

/** Whether a number of a sentence is a fact to look up: more than a count up to ten, or with a unit. */
export function isPiece({ values, from, to, text, isWord }: FoundNumber, sentence: string): boolean {
  const [value = 0] = values;
  const isOrdinal = /^(?:st|nd|rd|th|\.|er|º)/i.test(sentence.slice(to, to + 2)) || /(?:th|rst|ird)$/i.test(text);
  if (/(?:first|second|third|last|next|other)\s+$/i.test(sentence.slice(0, from)) && isWord) return false;
  // "the third one" is an ordinal.
  if (/^(?:\p{L}+)\s+ones?$/iu.test(text)) return false;
  // “half of it” counts what stands before.
  if (/^half$/i.test(text) && /^\s+(?:of\s+)?(?:it|that|this|them|these|those|as)\b/i.test(sentence.slice(to)))
    return false;
  if (!Number.isInteger(value) || value > COUNT)
    return !/^hundreds?$|^thousands?$|^millions$/i.test(text) || hasUnit(sentence, from, to);
  if (LABEL.test(sentence.slice(0, from))) return true;
  // “one day”, “ein Monat”: no number is meant.
  if (isWord && value <= 1) return false;
  return !isOrdinal && hasUnit(sentence, from, to);
}

/** "room 7", "version 3": the number is a name. */
const LABEL =
  /(?<!\p{L})(?:versions?|phase|stage|room|page|week|level|chapter|ticket|gate|platform|tier|release|kw|kalenderwoche|seite|raum|zimmer|semaine|salle|semana|página|sala|fase)\s+$/iu;

function hasUnit(sentence: string, from: number, to: number): boolean {
  const [before, behind] = [sentence.slice(0, from), sentence.slice(to)];
  const isInFeet = /\d['’′]\s?$/.test(before) || /^['’′]\s?\d/.test(behind);
  return isInFeet || /[€$£¥]\s?$/.test(before) || UNIT.test(behind);
}

const ABOUT =
  /\b(?:about|around|roughly|nearly|almost|approximately|some|circa|ca\.|over|more than|under|less than|up to|fast|etwa|rund|ungefähr|knapp|environ|presque|près de|casi|unos|unas|aproximadamente)\s+[€$£]?$/i;
const CLOSE = 0.02;
/** Fractions of so much are left out: 76.3 per cent is 76 per cent. */
const ROUNDED = 20;

/** Whether one of these numbers is what the sentence says, rounded where it may be. */
export function isStatedNumber(
  { values, parts, from, text }: FoundNumber,
  sentence: string,
  stated: ReadonlySet<number>,
): boolean {
  const isAbout = ABOUT.test(sentence.slice(0, from));
  const isSaid = (value: number) => [...stated].some((other) => isSame(value, other, isAbout));
  const asShare = values
    .filter((value) => value > 0 && value < 1 && /[a-zäéó]/i.test(text))
    .flatMap((value) => [value * 100, value * 60]);
  if ([...values, ...asShare].some(isSaid)) return true;
  return parts.length > 1 && parts.every(isSaid);
}

function isSame(value: number, other: number, isAbout: boolean): boolean {
  if (Math.abs(value - other) < 1e-6 * Math.max(1, other)) return true;
  if (Number.isInteger(value) && other >= ROUNDED && Math.round(other) === value) return true;
  return isAbout && Math.abs(value - other) <= CLOSE * other;
}
