import { wordsOf } from './words.ts';

/** Words of a question that say nothing about its subject, and the words in which one asks about a talk. */
const WORDS = `
a about above after again against all also am an and any anyone anything are as at be because been before being below
between both but by can could did do does doing done down during each either else ever every exact exactly few first for
from further get give given go had has have having he her here hers him his how i if in into is it its itself just kind
know last let like lot made make many may me mean meant mention mentioned might mm more most much must my name need next
no nor not now of off okay on once one only or other our out over own part please point precisely really right said same
say saying says see shall she should show so some someone something sort speak still such suggest summarise summarize
sure take talk talked talking tell than that the their them then there these they thing things think this those though
through to told too uh um under until up us use used very was way we well were what when where which while who whom
whose why will with would yeah yes yet you your according answer conclude conclusion decide decided decision detail
details discuss discussed discussing discussion explain meeting meetings opinion question recap recording recordings
summary team they thought transcript
`;

const STOP_WORDS = new Set(WORDS.trim().split(/\s+/));

/** An English sentence has at least this share of them. A sentence in another language hardly ever does. */
const ENGLISH_SHARE = 0.25;

/** The words that carry the subject, lower case, each once. */
export function contentWords(text: string): string[] {
  return [...new Set(wordsOf(text))].filter(
    (word) => !STOP_WORDS.has(word) && (word.length > 1 || /\p{N}/u.test(word)),
  );
}

/** Whether the text looks English. A text without words does. */
export function isEnglish(text: string): boolean {
  const words = wordsOf(text);
  return words.filter((word) => STOP_WORDS.has(word)).length >= ENGLISH_SHARE * words.length;
}
