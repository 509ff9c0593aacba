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

/** @param speakers everybody who speaks in scope */
export function speakersIn(question: string, speakers: readonly string[]): NamedSpeakers {
  const everybody = [...new Set(speakers)];
  const known = everybody.flatMap((speaker) => {
    const text = namedIn(question, speaker, everybody);
    return text === null ? [] : [{ text, speaker }];
  });
  const byText = Map.groupBy(known, ({ text }) => text);
  return {
    known: [...byText].map(([text, found]) => ({ text, speakers: found.map(({ speaker }) => speaker) })),
    unknown: unknownIn(question, everybody),
  };
}

/** The words that name a speaker: the whole name in any case, or one of its names in capitals. */
function namedIn(question: string, speaker: string, everybody: readonly string[]): string | null {
  const whole = wordsMatch(question, speaker, 'iu');
  // "will" and "mark" are words, "Will" and "Mark" are people.
  const isPlain = !speaker.includes(' ') && contentWords(speaker).length === 0;
  if (whole !== null && (!isPlain || wordsMatch(question, speaker, 'u') !== null)) {
    const isPart = everybody.some(
      (other) => other.length > speaker.length && wordsMatch(other, speaker, 'iu') && wordsMatch(question, other, 'iu'),
    );
    return isPart ? null : whole;
  }
  if (!/\p{Lu}/u.test(speaker)) return null;
  const parts = speaker.split(/\s+/).filter((part) => /^\p{Lu}[\p{L}’'-]{2,}$/u.test(part) && !isRole(part));
  for (const part of parts) {
    const found = wordsMatch(question, part, 'u');
    if (found !== null) return found;
  }
  return null;
}

const ROLES =
  /^(?:project|product|manager|user|interface|industrial|designer|marketing|speaker|expert|lead|director|dr|prof|mr|mrs|ms|the)\.?$/i;
const isRole = (part: string) => ROLES.test(part);

function wordsMatch(text: string, name: string, flags: string): string | null {
  const pattern = name.trim().split(/\s+/).map(literally).join('\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, flags).exec(text)?.[0] ?? null;
}

function unknownIn(question: string, everybody: readonly string[]): string[] {
  const names = SPEAKING.flatMap((pattern) =>
    [...question.matchAll(pattern)].map(({ groups }) => withoutOpening(groups?.name ?? '')),
  );
  const known = everybody.map((speaker) => speaker.toLowerCase());
  const isKnown = (name: string) =>
    known.some((speaker) =>
      name
        .toLowerCase()
        .split(/\s+/)
        .some((word) => speaker.split(/\s+/).includes(word)),
    );
  return [...new Set(names)].filter((name) => name !== '' && !isKnown(name));
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
