import { decodeHTMLStrict } from 'entities';
import { tokenizeVTTCue, VTTCue, type VTTNode } from 'media-captions';

export interface Speech {
  speaker: string | null;
  text: string;
}

// Only these are markup; any other `<` is something that was said ("x < 5") and is kept.
const LITERAL_LESS_THAN = /<(?!\/?(?:[bciuv]|lang|ruby|rt)(?:[\s.][^<>]*)?>|\d+:[\d:.]*>)/g;
const STYLING = /<\/?(?:font|s)(?:\s[^<>]*)?>|\{\\[^{}]*\}/gi;

// `Ana:`, `Dr. Ng:`, `Speaker 2:`, `SPEAKER_00:`: one to four capitalised words, as transcription tools and Zoom write them.
const NAME_PREFIX =
  /^(\p{Lu}[\p{L}\p{M}\p{N}.'’_-]{0,40}(?: (?:\p{Lu}[\p{L}\p{M}\p{N}.'’_-]{0,40}|\d{1,4})){0,3}):\s+/u;

/**
 * What was said in a cue: markup and entities resolved, white space collapsed, one part for each voice tag. Where no voice
 * tag names the speaker, a leading `Name: ` does.
 */
export function speechIn(cueText: string): Speech[] {
  // Entities are decoded last, by the full table, so that `&lt;b&gt;` stays text; the tokenizer knows only eight.
  const source = cueText.replace(STYLING, '').replaceAll('&', '&amp;').replace(LITERAL_LESS_THAN, '&lt;');
  return mergeRuns(textsIn(tokenizeVTTCue(new VTTCue(0, Number.POSITIVE_INFINITY, source))));
}

/** Leaf texts with the nearest voice around them, in order. A stack, not recursion: the nesting comes from outside. */
function textsIn(nodes: VTTNode[]): Speech[] {
  const texts: Speech[] = [];
  const stack = nodes.map((node) => ({ node, speaker: null as string | null })).reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, speaker } = next;
    if (node.type === 'text') {
      texts.push({ speaker, text: decodeHTMLStrict(node.data) });
    } else {
      const voice = node.type === 'v' ? oneLine(decodeHTMLStrict(node.voice ?? '')) || null : speaker;
      for (const child of node.children.toReversed()) stack.push({ node: child, speaker: voice });
    }
  }
  return texts;
}

/** Joins neighbours of one speaker, and drops what holds no words. */
function mergeRuns(texts: Speech[]): Speech[] {
  const runs: { speaker: string | null; texts: string[] }[] = [];
  for (const { speaker, text } of texts) {
    const last = runs.at(-1);
    if (last !== undefined && (last.speaker === speaker || text.trim() === '')) last.texts.push(text);
    else runs.push({ speaker, texts: [text] });
  }
  return runs
    .map(({ speaker, texts }) => withNamePrefix({ speaker, text: oneLine(texts.join('')) }))
    .filter(({ text }) => text !== '');
}

function withNamePrefix(speech: Speech): Speech {
  const match = speech.speaker === null ? NAME_PREFIX.exec(speech.text) : null;
  if (match === null) return speech;
  return { speaker: match[1] ?? null, text: speech.text.slice(match[0].length) };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
