import { contentWords } from '../../shared/content-words.ts';

export interface NamedSpeakers {
  /** Those in scope, each by their whole name, with the words that name them. */
  known: { text: string; speakers: string[] }[];
  /** Names of people who are said to have spoken, and do not speak in scope. */
  unknown: string[];
}

const NAME = "\\p{Lu}[\\p{L}’'-]+(?:\\s+\\p{Lu}[\\p{L}’'-]+){0,2}";
const SAID =
  'says?|said|thinks?|thought|mentions?|mentioned|proposes?|proposed|suggests?|suggested|wants?|wanted|agrees?|agreed|disagrees?|disagreed|asks?|asked|explains?|explained|reports?|reported|promises?|promised|recommends?|recommended|objects?|objected|commits?|committed';
/** People who are taken to have spoken, by what the question says of them. */
const SPEAKING = [
  new RegExp(
    `(?<!\\p{L})(?:did|does|do|has|had|was|is)\\s+(?<name>${NAME})\\s+(?:${SAID}|say|feel|talk|speak|decide|present|going|supposed)(?!\\p{L})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})(?<name>${NAME})\\s+(?:${SAID})(?!\\p{L})`, 'gu'),
  new RegExp(`(?<!\\p{L})(?:[Aa]ccording to|[Ll]aut|[Ss]elon|[Ss]egún)\\s+(?<name>${NAME})`, 'gu'),
  new RegExp(
    `(?<!\\p{L})(?<name>${NAME})['’]s\\s+(?:opinion|view|idea|proposal|suggestion|position|argument|concern|action items?|tasks?)`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})(?:hat|sagte|meinte|sagt|meint)\\s+(?<name>${NAME})`, 'gu'),
  new RegExp(
    `(?<!\\p{L})(?<name>${NAME})\\s+(?:a dit|a proposé|pense|dijo|propuso|piensa|gesagt|vorgeschlagen)(?!\\p{L})`,
    'gu',
  ),
  new RegExp(`(?<!\\p{L})(?:dijo|propuso|piensa|dit)\\s+(?<name>${NAME})`, 'gu'),
];
/** Capital words that begin a question, and are nobody. */
const NOBODY =
  /^(?:What|Who|When|Where|Why|How|Which|Did|Does|Do|The|They|We|He|She|It|I|You|Anyone|Someone|Everyone|Nobody|People|This|That|Was|Wer|Wie|Wann|Wo|Er|Sie|Es|Wir|Jemand|Qui|Que|Quand|Il|Elle|On|Qué|Quién|Cuándo|Él|Ella)$/;

/** Of those of whom a name stands in the question, so many are looked for. */
const MOST_SPEAKERS = 200;

/** @param speakers everybody who speaks in scope */
export function speakersIn(question: string, speakers: readonly string[]): NamedSpeakers {
  const everybody = [...new Set(speakers)];
  const asked = question.toLowerCase();
  const isThere = (name: string) => namesOf(name.toLowerCase()).some((part) => asked.includes(part));
  const mayBeNamed = everybody.filter(isThere).slice(0, MOST_SPEAKERS);
  const whole = mayBeNamed.filter((speaker) => personIn(question, speaker, 'giu') !== null);
  const known = mayBeNamed.flatMap((speaker) => {
    const text = namedIn(question, speaker, whole);
    return text === null ? [] : [{ text, speaker }];
  });
  const byText = Map.groupBy(known, ({ text }) => text);
  return {
    known: [...byText].map(([text, found]) => ({ text, speakers: found.map(({ speaker }) => speaker) })),
    unknown: unknownIn(question, everybody),
  };
}

/** The words that name a speaker: the whole name in any case, or one of its names in capitals. */
function namedIn(question: string, speaker: string, whole: readonly string[]): string | null {
  const said = whole.includes(speaker) ? personIn(question, speaker, 'giu') : null;
  if (said !== null) {
    const isPart = whole.some((other) => other.length > speaker.length && personIn(other, speaker, 'giu'));
    return isPart ? null : said;
  }
  if (!/\p{Lu}/u.test(speaker)) return null;
  const parts = speaker.split(/\s+/).filter((part) => /^\p{Lu}[\p{L}’'-]{2,}$/u.test(part) && !isRole(part));
  for (const part of parts) {
    const found = personIn(question, part, 'gu');
    if (found !== null) return found;
  }
  return null;
}

/** Names that are months, days, nouns or verbs too. */
const WORDS_TOO = new Set(
  `april art august autumn bill carol chase christian chip cliff dale dawn dean drew eve faith frank gene glen grace grant guy
  heath hope hunter iris ivy jack jade joy june king lily major march mark mason max may miles monday page pat pearl penny
  pierce prince ray rich rob robin rose ruby sandy saturday skip sue summer sunday sunny tuesday victor violet wade ward will`.split(
    /\s+/,
  ),
);
/** Words before a month or a day. */
const BEFORE_A_TIME =
  /(?<!\p{L})(?:in|on|since|until|till|by|before|after|during|from|to|of|last|next|this|every|early|late|mid|im|am|seit|bis|en|de|desde|depuis)\s+$/iu;
const AT_THE_BEGINNING = /(?:^|[.!?:]\s+|["“(])$/u;
/** What follows a verb that begins a question, and no name. */
const BEHIND_A_VERB =
  /^\s+(?:i|we|you|they|he|she|it|the|an?|this|that|these|those|there|our|my|your|their|anyone|anybody|people)(?!\p{L})/iu;

/**
 * Whether words at this place of a question are somebody's name. "Will", "May" and "Sunday" are words too: these are people
 * with a capital that nothing else explains, and behind "did".
 */
export function isPerson(question: string, at: number, said: string): boolean {
  const word = said.toLowerCase();
  if (!WORDS_TOO.has(word) && contentWords(word).length > 0) return true;
  const [before, behind] = [question.slice(0, at), question.slice(at + said.length)];
  if (BEFORE_A_TIME.test(before)) return false;
  if (!/^\p{Lu}/u.test(said)) return /(?<!\p{L})(?:did|does|has|had)\s+$/iu.test(before);
  return !AT_THE_BEGINNING.test(before) || !BEHIND_A_VERB.test(behind);
}

/** The first words of the question that are this name. */
function personIn(question: string, name: string, flags: string): string | null {
  const pattern = namesOf(name).map(literally).join('\\s+');
  const form = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, flags);
  return [...question.matchAll(form)].find(({ index, 0: said }) => isPerson(question, index, said))?.[0] ?? null;
}

const ROLES =
  /^(?:project|product|manager|user|interface|industrial|designer|marketing|speaker|expert|lead|director|dr|prof|mr|mrs|ms|the)\.?$/i;
const isRole = (part: string) => ROLES.test(part);

function unknownIn(question: string, everybody: readonly string[]): string[] {
  const names = SPEAKING.flatMap((pattern) =>
    [...question.matchAll(pattern)].map(({ groups }) => withoutOpening(groups?.name ?? '')),
  );
  const known = new Set(everybody.flatMap((speaker) => namesOf(speaker.toLowerCase())));
  const isKnown = (name: string) => namesOf(name.toLowerCase()).some((word) => known.has(word));
  return [...new Set(names)].filter((name) => name !== '' && !isKnown(name));
}

function namesOf(name: string): string[] {
  return name.trim().split(/\s+/);
}

function withoutOpening(name: string): string {
  const rest = name.split(/\s+/);
  while (rest[0] !== undefined && NOBODY.test(rest[0])) rest.shift();
  return rest.join(' ');
}

/** As a pattern that matches these characters alone. */
function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
