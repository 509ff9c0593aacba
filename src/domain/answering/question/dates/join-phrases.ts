import { type Day, type Days, dateOf, isLater, type Span, thirdOf, unitOf } from './calendar.ts';
import type { DatePhrase, Reading } from './date-phrase.ts';
import { ofWeek } from './weekday-rules.ts';

/** Days that the question names, with the words that say so. */
export interface NamedDays {
  start: number;
  end: number;
  days: Days[];
}

const ARTICLE = "(?:the|dem|den|der|die|das|le|la|les|el|los|las|l['’])";
/** Between a day or month and the week or year that it lies in. */
const WITHIN = new RegExp(
  `^(?:['’]s)?[\\s,]*(?:(?:of|in|im|on|am|der|des|von|de|du|en|del|le|el)\\s+)*(?:${ARTICLE}\\s*)?$`,
  'iu',
);
/** Between a weekday and its date. */
const BESIDE = /^\s*,?\s*(?:the|den|dem|der|le|el)?\s*$/iu;

const PARTS: [RegExp, 0 | 1 | 2][] = [
  [
    /(?<!\p{L})(?:the )?(?:beginning of|start of|early(?: in)?|anfang|début|(?:a )?(?:principios|comienzos|inicios) del?)\s+(?:the |der |des |de |la |le |l['’])*$/iu,
    0,
  ],
  [
    /(?<!\p{L})(?:the )?(?:middle of|mid(?:dle)?[- ]?|mitte|mi-|(?:le )?milieu d[eu]|(?:a )?mediados del?)\s*(?:the |der |des |de |la |le |l['’])*$/iu,
    1,
  ],
  [
    /(?<!\p{L})(?:the )?(?:end of|late(?: in)?|ende|fin|(?:a )?(?:finales|fines) del?)\s+(?:the |der |des |de |la |le |l['’])*$/iu,
    2,
  ],
];

const WEEK_OF =
  /(?<!\p{L})(?:week (?:of|beginning|starting)|woche vom|semaine du|semana del)\s+(?:on\s+)?(?:the\s+)?$/iu;

const BETWEEN = `(?:between|from|zwischen|vom?|entre|de|du|del|desde|depuis)(?:\\s+${ARTICLE})?\\s*$`;
const AND = new RegExp(
  `^\\s*(?:to|until|till|through|thru|and|bis|und|à|au|et|a|al|hasta|y|[-–—/]|bis zum|jusqu['’]au|hasta el)\\s*(?:${ARTICLE}\\s*)?$`,
  'iu',
);
const FIRST_DAY = new RegExp(
  `(?<![\\p{L}\\p{N}])(\\d{1,2})(?:st|nd|rd|th|er|\\.)?\\s*(?:to|until|and|through|bis|und|au|et|à|al|a|y|[-–—/])\\s*(?:${ARTICLE}\\s*)?$`,
  'iu',
);

const BEFORE = 'before|prior to|earlier than|vor|avant|antes del?';
const UNTIL = "until|till|up to|no later than|bis|bis zum|bis zur|jusqu['’](?:à|au|en)|hasta";
const SINCE = 'since|starting|beginning|as of|seit|ab|depuis|à partir d[eu]|dès|desde|a partir del?';
const AFTER = 'after|later than|nach|après|después del?|despues del?';

/** Puts phrases that belong together into one, and reads what stands before them: "since", "before", "end of". */
export function joinPhrases(reading: Reading, phrases: readonly DatePhrase[]): NamedDays[] {
  const joined: DatePhrase[] = [];
  for (const phrase of phrases.map((each) => fromFirstDay(reading.text, each))) {
    // What was the first day of a range by itself is part of it now.
    while ((joined.at(-1)?.end ?? 0) > phrase.start) joined.pop();
    const last = joined.at(-1);
    const gap = last && reading.text.slice(last.end, phrase.start);
    const merged = last && gap !== undefined ? within(last, gap, phrase) : null;
    if (merged) joined[joined.length - 1] = merged;
    else joined.push(phrase);
  }
  return ranges(
    reading.text,
    joined.map((phrase) => partly(reading.text, phrase)),
  ).map((phrase) => bounded(reading.text, phrase));
}

/** "Tuesday of last week", "last week on Tuesday", "March of last year", "Monday, 5 March". */
function within(a: DatePhrase, gap: string, b: DatePhrase): DatePhrase | null {
  const over = { start: a.start, end: b.end };
  if (a.kind === 'weekday' && b.kind === 'day' && BESIDE.test(gap)) return { ...b, ...over };
  if (!WITHIN.test(gap)) return null;
  const [inner, outer] = b.kind === 'week' || b.kind === 'year' ? [a, b] : [b, a];
  const [span] = outer.spans;
  if (span === undefined) return null;
  if (outer.kind === 'week' && inner.kind === 'weekday' && inner.weekday !== undefined) {
    const from = ofWeek(span.from, inner.weekday);
    return { ...over, kind: 'day', spans: [{ from, to: from.add({ days: 1 }) }] };
  }
  if (outer.kind === 'year' && inner.inYear) {
    const placed = inner.inYear(span.from.year);
    return placed && { ...over, kind: inner.kind, spans: [placed] };
  }
  return null;
}

/** "between 3 and 7 March": the first day stands without its month. */
function fromFirstDay(text: string, phrase: DatePhrase): DatePhrase {
  const match = FIRST_DAY.exec(text.slice(0, phrase.start));
  const [span] = phrase.spans;
  if (match === null || phrase.kind !== 'day' || span === undefined || phrase.spans.length > 1) return phrase;
  const start = (to: Span): Span | null => {
    const from = dateOf(to.from.year, to.from.month, Number(match[1]));
    return from && !isLater(from, to.from) ? { from, to: to.to } : null;
  };
  const whole = start(span);
  if (whole === null) return phrase;
  const { inYear } = phrase;
  return {
    ...phrase,
    start: match.index,
    kind: 'span',
    spans: [whole],
    ...(inYear && {
      inYear: (year: number) => {
        const to = inYear(year);
        return to && start(to);
      },
    }),
  };
}

/** "end of January", "the week of March 3". */
function partly(text: string, phrase: DatePhrase): DatePhrase {
  if (phrase.kind === 'day' || phrase.kind === 'weekday') {
    const match = WEEK_OF.exec(text.slice(0, phrase.start));
    if (match === null) return phrase;
    return { ...phrase, start: match.index, kind: 'week', spans: phrase.spans.map(({ from }) => unitOf('week', from)) };
  }
  for (const [pattern, part] of PARTS) {
    const match = pattern.exec(text.slice(0, phrase.start));
    if (match)
      return { ...phrase, start: match.index, kind: 'span', spans: phrase.spans.map((span) => thirdOf(span, part)) };
  }
  return phrase;
}

/** "from A to B", "A - B". */
function ranges(text: string, phrases: readonly DatePhrase[]): DatePhrase[] {
  const result: DatePhrase[] = [];
  for (const phrase of phrases) {
    const first = result.at(-1);
    const range = first && rangeOf(text, first, phrase);
    if (range) result[result.length - 1] = range;
    else result.push(phrase);
  }
  return result;
}

function rangeOf(text: string, a: DatePhrase, b: DatePhrase): DatePhrase | null {
  const gap = text.slice(a.end, b.start);
  const leading = new RegExp(`(?<!\\p{L})${BETWEEN}`, 'iu').exec(text.slice(0, a.start));
  // "on Monday and Tuesday" are two days, "between Monday and Tuesday" is a range.
  const isDashed = /^\s*(?:[-–—/]|to|until|through|bis|hasta|au)\s*/iu.test(gap);
  if (!AND.test(gap) || (leading === null && !isDashed)) return null;
  const [from, to] = [a.spans[0], b.spans[0]];
  if (!from || !to) return null;
  const start = inOrder(a, from, b, to);
  return start && { start: leading?.index ?? a.start, end: b.end, kind: 'span', spans: [{ from: start, to: to.to }] };
}

/** Where a range begins: in the year of its end, or the one before. */
function inOrder(a: DatePhrase, from: Span, b: DatePhrase, to: Span): Day | null {
  const { inYear } = a;
  if (inYear && !b.inYear) {
    const near = [to.from.year, to.from.year - 1]
      .map((year) => inYear(year))
      .find((span) => span && !isLater(span.from, to.from));
    if (near) return near.from;
  }
  if (!isLater(from.from, to.from)) return from.from;
  const earlier = a.kind === 'weekday' ? from.from.subtract({ weeks: 1 }) : inYear?.(from.from.year - 1)?.from;
  return earlier && !isLater(earlier, to.from) ? earlier : null;
}

function bounded(text: string, { start, end, spans }: DatePhrase): NamedDays {
  const before = text.slice(0, start);
  const led = (by: string) => new RegExp(`(?<!\\p{L})(?:${by})\\s+(?:${ARTICLE}\\s*)?$`, 'iu').exec(before)?.index;
  const forms: [string, (span: Span) => Days][] = [
    [UNTIL, ({ to }) => ({ from: null, to })],
    [BEFORE, ({ from }) => ({ from: null, to: from })],
    [SINCE, ({ from }) => ({ from, to: null })],
    [AFTER, ({ to }) => ({ from: to, to: null })],
  ];
  for (const [by, form] of forms) {
    const at = led(by);
    if (at !== undefined) return { start: at, end, days: spans.map(form) };
  }
  return { start, end, days: spans };
}
