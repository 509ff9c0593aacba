import { LABEL_WORDS, SENTENCE_STARTS } from './label-words.ts';

/**
 * What the words before a colon look like:
 * - `generic`: a tool's own numbering or a part in a conversation ("Speaker 2", "Спикер №1", "Interviewer")
 * - `name`: the form of a name ("Ana de la Cruz", "Ruiz, Christina", "王芳", an e-mail address)
 * - `other`: may be a display name, which can be any text ("maria k", "Conference Room 4B | HQ", "Q")
 * - `label`: no person
 */
export type NameForm = 'generic' | 'name' | 'other' | 'label';

const MAX_LENGTH = 80;
const MAX_WORDS = 8;
const MAX_NAME_WORDS = 5;

const GENERIC = new RegExp(
  `^(?:${[
    'speaker|spk|unknown speaker|participant|interviewer|interviewee|moderator|narrator|host|guest|caller|operator|agent|customer',
    'sprecher(?:in)?|teilnehmer(?:in)?|locuteur|intervenant|hablante|orador|interlocutor|falante|parlante|relatore|spreker|mówca',
    'спикер|говорящий|участник|диктор|мовець|发言人|發言人|说话人|說話人|讲者|講者|話者|スピーカー|参加者|화자|참석자|متحدث|المتحدث|דובר|ผู้พูด|वक्ता',
  ].join('|')})[\\s_-]*(?:№|#|nº|no\\.)?\\s*(?:\\p{N}{1,4}|\\p{L})?$`,
  'iu',
);
/** Who joins a meeting by phone is shown by number, or by a part of it. */
const PHONE = /^\+\d[\d ()*-]{6,20}$/;
const EMAIL = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;
/** `(she/her)`, `[EXT]`, `(Acme Inc.)` behind a name. */
const SUFFIX = /\s*(?:\([^()]{1,40}\)|\[[^[\]]{1,40}\])\s*$/u;
const PARTICLE =
  /^(?:de|del|della|di|da|dos|das|do|du|la|las|le|los|van|von|vom|der|den|het|ten|ter|zu|zur|bin|ibn|bint|al|el|y|e|i|og|af|av|und|and|&|[a-z]['’]\p{Lu}[\p{L}'’-]*)$/u;
/** Georgian counts as written in small letters, and has no capitals in names. */
const CAPITALISED = /^[\p{Lu}\p{Lt}\p{Lo}\p{Script=Georgian}][\p{L}\p{M}\p{N}.'’_·・-]*$/u;
const COUNTER = /^(?:\p{N}+|\p{L}|one|two|three|four|five|six|seven|eight|nine|ten)$/u;
const NUMBER = /^#?\p{N}{1,4}\p{Lu}?$/u;
/** The end of a sentence, or what no name holds; a point behind a title or an initial is neither. */
const SENTENCE = /[!?。！？;"“”„«»<>{}=]|[^\s.]{5,}\.\s|,\s*$|,.*,|https?$|(?:^|\s)(?:and|that|is|are|was)$/iu;

export function nameForm(text: string): NameForm {
  if (PHONE.test(text)) return 'other';
  if (text.length > MAX_LENGTH || !/\p{L}/u.test(text) || SENTENCE.test(text)) return 'label';
  if (GENERIC.test(text)) return 'generic';
  if (EMAIL.test(text)) return 'name';
  const words = text
    .replace(SUFFIX, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (/^\p{Lu}$/u.test(words.join(''))) return 'other';
  if (words.length === 0 || words.length > MAX_WORDS || isLabel(words)) return 'label';
  if (words.length > 1 && LABEL_WORDS.has(lower(words.at(-1)))) return 'other';
  if (SENTENCE_STARTS.has(lower(words[0]))) return words.every((word) => CAPITALISED.test(word)) ? 'other' : 'label';
  return isName(text.replace(SUFFIX, ''), words) ? 'name' : 'other';
}

function isLabel(words: string[]): boolean {
  const last = lower(words.at(-1));
  if (words.length === 1) return LABEL_WORDS.has(last) || SENTENCE_STARTS.has(last) || /^q\d$/.test(last);
  // "Step 2", "Plan B", "Part Two".
  const head = COUNTER.test(last) ? lower(words.at(-2)) : last;
  return LABEL_WORDS.has(head) && !mayBeSurname(words);
}

/** "Larry Page" and "Doris Day" end in a word of labels, "Next Steps" consists of them. */
function mayBeSurname(words: string[]): boolean {
  const before = words.slice(0, -1).map(lower);
  const all = words.every((word) => CAPITALISED.test(word)) && !COUNTER.test(lower(words.at(-1)));
  return all && !before.some((word) => LABEL_WORDS.has(word) || SENTENCE_STARTS.has(word));
}

function isName(text: string, words: string[]): boolean {
  const [first = '', ...others] = words;
  const counted = words.filter((word) => !PARTICLE.test(word));
  if (counted.length > MAX_NAME_WORDS || !(CAPITALISED.test(first) || PARTICLE.test(first))) return false;
  if (!counted.some((word) => CAPITALISED.test(word))) return false;
  if (isUncased(text)) return words.length <= 4 && text.length <= 24;
  return others.every((word) => CAPITALISED.test(word) || PARTICLE.test(word) || NUMBER.test(word));
}

/** Written in a script without capitals. */
function isUncased(text: string): boolean {
  return (
    /[\p{Lo}\p{Script=Georgian}]/u.test(text) && !/[\p{Lu}\p{Ll}]/u.test(text.replace(/\p{Script=Georgian}/gu, ''))
  );
}

function lower(word: string | undefined): string {
  return (word ?? '')
    .toLowerCase()
    .replace(/[.’'#-]+$/u, '')
    .replaceAll('.', '');
}
