/** A false sentence made of an honest one. */
export interface Distortion {
  kind: 'number' | 'name' | 'date' | 'speaker' | 'quote';
  sentence: string;
}

/** Every distortion of the sentence, always the same ones in the same order. */
export function distortionsOf(sentence: string): Distortion[] {
  const made = [
    ...numbers(sentence),
    ...names(sentence),
    ...dates(sentence),
    ...speakers(sentence),
    ...quotations(sentence),
  ];
  return made.filter((distortion) => distortion.sentence !== sentence);
}

const MONTHS = 'January|February|March|April|Februar';
/** `5 January 2026`, `January 5, 2026`, `19. Februar`, `2026-01-14`. */
const DATE = new RegExp(
  `\\b(?:(?:${MONTHS}) \\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}\\.? (?:${MONTHS}))(?:,? 20\\d\\d)?|\\b20\\d\\d-\\d\\d-\\d\\d\\b`,
  'g',
);
const QUOTATION = /"([^"]+)"/g;
const CLOCK = /\b(\d{1,2}):(\d\d)\b/g;
const UNIT =
  '%| ?(?:percent|per cent|Prozent)| (?:€|EUR|euros?|Euro|pounds|minutes|hours|months|years|days|million|millions|milliseconds|feet|points|modems)\\b|-point|m\\b';
/** Digits that are more than a count up to ten: with a unit, a fraction or several digits. */
const NUMBER = new RegExp(
  `[€$£]\\d[\\d.,]*\\d|[€$£]\\d|\\b\\d{1,3}(?:,\\d{3})+\\b|\\b\\d+[.,]\\d+|\\b\\d{2,}|\\b\\d(?=${UNIT})|(?<=scale from 1 to )\\d+`,
  'g',
);

function* numbers(sentence: string): Generator<Distortion> {
  const covered = [...sentence.matchAll(DATE), ...sentence.matchAll(QUOTATION), ...sentence.matchAll(CLOCK)];
  for (const match of sentence.matchAll(NUMBER)) {
    if (covered.some((other) => match.index < other.index + other[0].length && other.index <= match.index)) continue;
    for (const other of otherNumbers(match[0])) yield { kind: 'number', sentence: replaced(sentence, match, other) };
  }
  for (const match of sentence.matchAll(CLOCK)) {
    const [, hours, minutes] = match;
    yield { kind: 'number', sentence: replaced(sentence, match, `${Number(hours) + 1}:${minutes}`) };
    yield { kind: 'number', sentence: replaced(sentence, match, `${hours}:${(Number(minutes) + 20) % 60}`) };
  }
}

/** The same form with another value. */
function otherNumbers(text: string): string[] {
  const digits = text.replace(/[€$£]/, '');
  const sign = text.slice(0, text.length - digits.length);
  const point = /[.,]\d{1,2}$/.test(digits) ? (/[.,]/.exec(digits)?.[0] as string) : '';
  const value = Number(point === ',' ? digits.replace(',', '.') : digits.replaceAll(',', ''));
  const decimals = point === '' ? 0 : digits.length - digits.lastIndexOf(point) - 1;
  const write = (other: number) => sign + other.toFixed(decimals).replace('.', point || '.');
  return [write(value + 7), write(value * 3 + 1)];
}

const PEOPLE = [
  ...['Gaurav', 'Maarika', 'Cat', 'Sarah', 'Ron', 'Nathan', 'Jeff Buckley', 'Mark Dwight', 'Christa Pavlov', 'Mike'],
  ...['Bobby', 'Jen', 'Sammy', 'Mark', 'Occam'],
];
const PLACES = [
  ...[
    'Australia',
    'Cambodia',
    'Michigan',
    'Victoria',
    'California',
    'Brooklyn',
    'Brussels',
    'Belgium',
    'Paris',
    'Milan',
  ],
];
const BRANDS = ['Nokia', 'Apple', 'Sony Ericsson', 'Sky', 'Telewest', 'Excel', 'iPod', 'Charmed', 'Legos', 'Radiohead'];
const NAMES = [
  { names: PEOPLE, others: ['Priya', 'Nathan', 'Christa Pavlov'] },
  { names: PLACES, others: ['Toronto', 'Norway'] },
  { names: BRANDS, others: ['Samsung', 'Philips'] },
];

function* names(sentence: string): Generator<Distortion> {
  for (const { names, others } of NAMES) {
    for (const name of names) {
      const match = new RegExp(`(?<!")\\b${name}\\b(?! Dwight)`).exec(sentence);
      if (match === null) continue;
      for (const other of others)
        if (!sentence.includes(other)) yield { kind: 'name', sentence: replaced(sentence, match, other) };
    }
  }
}

function* dates(sentence: string): Generator<Distortion> {
  for (const match of sentence.matchAll(DATE)) {
    const [date] = match;
    const otherDay = date.includes('-')
      ? date.replace(/\d\d$/, (day) => String(Number(day) + 9))
      : date.replace(/\b\d{1,2}(?=\D|$)/, (day) => String(Number(day) > 15 ? Number(day) - 9 : Number(day) + 9));
    const otherMonth = date.includes('-')
      ? date.replace(/-\d\d-/, '-07-')
      : date.replace(new RegExp(MONTHS), (month) => (month === 'Februar' ? 'Juli' : 'July'));
    yield { kind: 'date', sentence: replaced(sentence, match, otherDay) };
    yield { kind: 'date', sentence: replaced(sentence, match, otherMonth) };
    const otherYear = date.replace(/20\d\d/, '2024');
    if (otherYear !== date) yield { kind: 'date', sentence: replaced(sentence, match, otherYear) };
  }
  for (const match of sentence.matchAll(/\b(?:Monday|Wednesday|Sunday)\b/g))
    yield { kind: 'date', sentence: replaced(sentence, match, 'Friday') };
}

const ROLES = ['Project Manager', 'Industrial Designer', 'Marketing', 'User Interface'];

function* speakers(sentence: string): Generator<Distortion> {
  for (const role of ROLES) {
    const match = new RegExp(`(?<!for )\\b${role}(?! design\\b| Design\\b)(?: Expert\\b)?`).exec(sentence);
    if (match === null) continue;
    for (const other of ROLES)
      if (!sentence.includes(other)) yield { kind: 'speaker', sentence: replaced(sentence, match, other) };
  }
}

const OTHER_WORDS = ['expensive', 'wooden'];

function* quotations(sentence: string): Generator<Distortion> {
  for (const match of sentence.matchAll(QUOTATION)) {
    const words = (match[1] as string).split(' ');
    const quoted = (other: string[]) => `"${other.join(' ')}"`;
    const middle = words.length >> 1;
    for (const other of OTHER_WORDS)
      yield { kind: 'quote', sentence: replaced(sentence, match, quoted(words.with(middle, other))) };
    if (words.length > 3)
      yield { kind: 'quote', sentence: replaced(sentence, match, quoted(words.toSpliced(middle, 0, 'not'))) };
  }
}

function replaced(sentence: string, match: RegExpExecArray, by: string): string {
  return sentence.slice(0, match.index) + by + sentence.slice(match.index + match[0].length);
}
