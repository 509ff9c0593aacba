import { decodeHTMLStrict } from 'entities';
import { HAS_WORDS, oneLine, type Spoken } from '../lib/spoken.ts';
import { teamsMetadata } from './teams-metadata.ts';

// Only these are markup; any other `<` is something that was said ("x < 5", `List<String>`) and is kept.
const MARKUP =
  /<(\/?)(v|lang|ruby|rt|font|span|br)((?:[\s./][^<>]*)?)>|<\/?[cibus](?:\.[^\s<>]*)?(?:\s+[\w-]+\s*=[^<>]*)?\s*\/?>|<\d+:[\d:.,]*>/gi;
/** Most cues with a voice are one voice and nothing else. */
const ONE_VOICE = /^<v((?:\.[^\s<>]*)?\s[^<>]*)>([^<>]*)(?:<\/v>)?$/i;
const OVERRIDE = /\{\\[^{}]*\}/g;
const WORD = /\S+/g;
/** `C:\New\notes`, `\\server\New`: a backslash before anything but N and h. */
const PATH = /^\W*\w:\\|^\\\\|\\[^Nh]/;
/** Broadcasts mark a change of speaker by `>>`, also within a line. */
const LINE_OR_TURN = /\n|\s(?=>{2,3}\s)/;
const INVISIBLE = /[\s\p{Cc}\p{Cf}\uFFFC]+/gu;
const QUOTED = /^(["'])(.*)\1$/;

/**
 * What was said in a cue, voice by voice: tags taken out, entities and breaks resolved, white space collapsed, lines
 * without words left out.
 * @param breaks whether `\N` and `\h` are breaks, as SubRip has them from SubStation Alpha.
 */
export function spokenIn(cueText: string, { breaks }: { breaks: boolean }): Spoken[] {
  const metadata = teamsMetadata(cueText);
  if (metadata !== null) return metadata.lines.length === 0 ? [] : [metadata];
  const spoken: Spoken[] = [];
  for (const { voice, text } of voices(cueText.includes('{\\') ? cueText.replace(OVERRIDE, '') : cueText)) {
    const lines = linesOfWords(decodeEntities(breaks && text.includes('\\') ? text.replace(WORD, broken) : text));
    if (lines.length === 0) continue;
    const last = spoken.at(-1);
    if (last !== undefined && last.voice === voice) last.lines.push(...lines);
    else spoken.push({ voice, lines });
  }
  return spoken;
}

function linesOfWords(text: string): string[] {
  const lines: string[] = [];
  for (const line of text.split(text.includes('>>') ? LINE_OR_TURN : '\n')) {
    const words = oneLine(line);
    if (HAS_WORDS.test(words) || words.replace(INVISIBLE, '') !== '') lines.push(words);
  }
  return lines;
}

/** The text between the tags, with the nearest voice around it. */
function voices(source: string): { voice: string | null; text: string }[] {
  if (!source.includes('<')) return [{ voice: null, text: source }];
  const [, annotation, inside] = ONE_VOICE.exec(source) ?? [];
  if (annotation !== undefined && inside !== undefined) return [{ voice: voiceName(annotation), text: inside }];
  const found: { voice: string | null; text: string }[] = [];
  const open: (string | null)[] = [];
  let text = '';
  let from = 0;
  const turn = () => {
    if (text !== '') found.push({ voice: open.at(-1) ?? null, text });
    text = '';
  };
  for (const tag of source.matchAll(MARKUP)) {
    text += source.slice(from, tag.index);
    from = tag.index + tag[0].length;
    const name = tag[2]?.toLowerCase();
    if (name === 'br') text += '\n';
    if (name !== 'v') continue;
    turn();
    if (tag[1] === '/') open.pop();
    else open.push(voiceName(tag[3] ?? ''));
  }
  text += source.slice(from);
  turn();
  return found;
}

/** The name behind the classes of `<v.loud Ana>`; null where it names nobody: Rev calls a new, unnamed speaker "-". */
function voiceName(annotation: string): string | null {
  const name = oneLine(decodeEntities(annotation.replace(/^\.[^\s]*/, ''))).replace(QUOTED, '$2');
  return HAS_WORDS.test(name) ? name : null;
}

/** By the full table, and after the tags, so that `&lt;b&gt;` stays text. */
function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}

function broken(word: string): string {
  return PATH.test(word) ? word : word.replaceAll('\\N', '\n').replaceAll('\\h', ' ');
}
