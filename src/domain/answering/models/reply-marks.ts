/** How models mark their thinking where their server leaves it in the text: what begins it, and what ends it. */
const THINKING: readonly (readonly [begins: readonly string[], end: string])[] = [
  [['<think>'], '</think>'],
  [['<thinking>'], '</thinking>'],
  [['<thought>'], '</thought>'],
  [['<thoughts>'], '</thoughts>'],
  [['<reasoning>'], '</reasoning>'],
  [['<reflection>'], '</reflection>'],
  [['<scratchpad>'], '</scratchpad>'],
  [['<seed:think>'], '</seed:think>'],
  [['<longcat_think>'], '</longcat_think>'],
  [['[THINK]'], '[/THINK]'],
  [['◁think▷'], '◁/think▷'],
  [['<|begin_of_thought|>'], '<|end_of_thought|>'],
  [['<|START_THINKING|>'], '<|END_THINKING|>'],
  [['<|inner_prefix|>'], '<|inner_suffix|>'],
  [['<|channel|>analysis<|message|>', '<|channel|>commentary<|message|>'], '<|channel|>final<|message|>'],
];
/** What begins the answer behind some thinking. */
const OPENERS = ['<answer>', '<response>', '<|START_RESPONSE|>', '<|begin_of_solution|>'];
/** What templates put at the end of a reply. Servers with the wrong template leave it in the text. */
const CLOSERS = [
  ...['<|return|>', '<|end|>', '<|im_end|>', '<|eot_id|>', '<|endoftext|>', '<|end_of_text|>', '<|END_OF_TURN_TOKEN|>'],
  ...['<end_of_turn>', '</s>', '<|END_RESPONSE|>', '<|end_of_solution|>'],
];
/** The ends of openers that are words of HTML or XML too. */
const CLOSERS_OF_OPENERS = ['</answer>', '</response>'];

const BEGINS = THINKING.flatMap(([begins, end]) => begins.map((begin) => ({ form: anyOf([begin]), end })));
const ENDS = new Map(THINKING.map(([begins, end]) => [end, { form: anyOf([end]), begin: anyOf(begins) }]));
const OPENER = new RegExp(`^(?:${sourceOf(OPENERS)})`, 'i');
const TAIL = new RegExp(`(?:(?:${sourceOf(CLOSERS)})\\s*)+$`, 'i');
const TAIL_BEHIND_OPENER = new RegExp(`(?:(?:${sourceOf([...CLOSERS, ...CLOSERS_OF_OPENERS])})\\s*)+$`, 'i');
const MAY_OPEN = [...THINKING.flatMap(([begins]) => begins), ...CLOSERS, ...CLOSERS_OF_OPENERS].map((mark) =>
  mark.toLowerCase(),
);
const LONGEST_MARK = Math.max(...MAY_OPEN.map((mark) => mark.length));

/** Each mark that may end thinking. */
export const THINKING_ENDS: readonly string[] = [...ENDS.keys()];

/**
 * The mark that ends thinking which no mark began: some servers put the first mark into the prompt. Null where a text
 * has no such thinking.
 */
export function endOfUnmarkedThinking(text: string): string | null {
  for (const [end, { form, begin }] of ENDS) {
    const at = text.search(form);
    if (at !== -1 && !begin.test(text.slice(0, at)) && !isCode(text.slice(0, at))) return end;
  }
  return null;
}

/** The first mark in `text` that begins thinking, given what stands before it, and the mark that ends it. */
export function firstBegin(text: string, before: string): { at: number; end: string } | null {
  let first: { at: number; end: string } | null = null;
  for (const { form, end } of BEGINS) {
    const at = placesOf(form, text).find((place) => !isCode(before + text.slice(0, place)));
    if (at !== undefined && (first === null || at < first.at)) first = { at, end };
  }
  return first;
}

/**
 * The place behind the first of these ends; null where there is none.
 * @param isGuess nothing says yet that this is thinking, so that code is code
 */
export function behindFirstEnd(text: string, ends: readonly string[], isGuess: boolean): number | null {
  const places = ends.flatMap((end) => {
    const at = text.search(ENDS.get(end)?.form ?? anyOf([end]));
    return at === -1 || (isGuess && isCode(text.slice(0, at))) ? [] : [at + end.length];
  });
  return places.length === 0 ? null : Math.min(...places);
}

/** The length of the opener with which a text begins: 0 for none, null where it may still become one. */
export function lengthOfOpener(text: string): number | null {
  const opener = OPENER.exec(text);
  if (opener !== null) return opener[0].length;
  return OPENERS.some((each) => each.toLowerCase().startsWith(text.toLowerCase())) ? null : 0;
}

/** How much of the end of `text` closes it, as templates do, or may be the beginning of a mark. */
export function lengthOfTail(text: string, before: string, hasOpener: boolean): number {
  const open = lengthOfOpenMark(text);
  const whole = text.slice(0, text.length - open);
  return open + closersOf(whole, before, hasOpener);
}

/** How much of the end of a whole text closes it. */
export function closersOf(text: string, before: string, hasOpener: boolean): number {
  const at = text.search(hasOpener ? TAIL_BEHIND_OPENER : TAIL);
  return at === -1 || isCode(before + text.slice(0, at)) ? 0 : text.length - at;
}

function lengthOfOpenMark(text: string): number {
  for (let length = Math.min(text.length, LONGEST_MARK - 1); length > 0; length--) {
    const tail = text.slice(-length).toLowerCase();
    if (MAY_OPEN.some((mark) => mark.startsWith(tail))) return length;
  }
  return 0;
}

/** Whether a word after this text would stand in a fenced block or within backticks. */
function isCode(before: string): boolean {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const isSpan = (line.match(/`+/g)?.length ?? 0) % 2 === 1;
  return isSpan || (before.match(/^\s*```/gm)?.length ?? 0) % 2 === 1;
}

function placesOf(form: RegExp, text: string): number[] {
  return [...text.matchAll(new RegExp(form, 'gi'))].map(({ index }) => index);
}

function anyOf(marks: readonly string[]): RegExp {
  return new RegExp(sourceOf(marks), 'i');
}

function sourceOf(marks: readonly string[]): string {
  return marks.map((mark) => mark.replace(/[|[\]\\^$.*+?(){}]/g, '\\$&')).join('|');
}
