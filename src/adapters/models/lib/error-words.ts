/**
 * The words in which model servers speak of errors. A log may hold these and no others, because a server can quote anything
 * that people said.
 */
const WORDS = `
a about above access account active after all allowed already an and any api are argument array as at auth authentication
authorization available bad balance be because been before billing blocked body bound busy but by cache call cannot capacity
change changed character characters chat check choices client code completion completions concurrent config configuration
connection contact contains content context contract could count credential credentials credit credits current currently daily
day deadline declined default denied deployment deprecated described different disabled do does down due duplicate empty enabled
encountered endpoint engine enough error errors event exceed exceeded exceeds exist existing expected expired extra failed failure
false field fields filter filtered finish following for forbidden format found free from function gateway generate generation
given got has have header headers high host hour id if image in incorrect increase inference input instead insufficient integer
internal invalid is isn it its json key large last latest least length less limit limits list load loaded loading location long
longer lower make malformed many max maximum may memory message messages method min minimum minute minutes missing mode model
models month more most must name near need network new no nor not null number object occurred of off on one only open operation
or organization other our out output over overloaded page parameter parameters parse passed payment per permission permissions
plan please policy port position possible post previous problem processing project prompt property provide provided provider
quota range rate reach reached read reason received reduce refused region rejected remove request requested requests require
required requires resource response result results retry retryable role roles route safety schema second seconds see seems
select send sent server service set should sign size slot slots slow small something specified specify start status stop stream
string subscription such suffix supported syntax system tag temperature temporarily text than that the their then there these
they this thinking time timeout to today token tokens too tool tools top total trial true try type unable unauthorized unavailable
undefined understand unexpected unknown unprocessable unrecognized unsupported until up update upgrade upstream url usage use used
user using valid value values version wait was we were when which while window with within without wrong yet you your
`;

const KNOWN = new Set(WORDS.trim().split(/\s+/));
/** Names of parameters and codes, such as `max_completion_tokens`. Words that people say have no underscore. */
const IDENTIFIER = /^[a-z]+(?:_[a-z0-9]+)+$/i;
/** More digits in a row may be somebody's number. */
const SHORT_NUMBER = /^\d{1,7}$/;

/** The text with `…` in place of each word that is not one of these. */
export function keepErrorWords(text: string): string {
  return text
    .replaceAll(/\[(?:key|prompt)\]|[\p{L}\p{N}\p{M}_]+/gu, (word) => (isKnown(word) ? word : '…'))
    .replaceAll(/…(?:[\s…]*…)+/g, '…');
}

function isKnown(word: string): boolean {
  return word.startsWith('[') || KNOWN.has(word.toLowerCase()) || IDENTIFIER.test(word) || SHORT_NUMBER.test(word);
}
