import type { RecordingId } from './ids.ts';
import type { Part } from './message.ts';

/** Where a marker of the prompt points: a recording and a time that the model was really shown. */
export interface CitationTarget {
  recordingId: RecordingId;
  startMs: number;
}

/** `[^k7x2m]`, also `[^k7x2m, ^b2c3d]`, and what a reply that was cut off leaves of one at its end. */
const MARKER = /[ \t]*\[\^([^[\]\n]{0,200})(?:\]|$)/g;

/**
 * A model's reply as parts. A marker that the prompt did not hand out is dropped; a reply without markers is one plain
 * text part. In `content` each cited moment has a number: `The launch moved to May 12 [1].`
 */
export function parseReply(
  reply: string,
  targets: ReadonlyMap<string, CitationTarget>,
): { content: string; parts: Part[] } {
  const parts: Part[] = [];
  let from = 0;
  for (const match of reply.matchAll(MARKER)) {
    addText(parts, reply.slice(from, match.index));
    for (const target of cited(match[1] as string, targets)) addCitation(parts, target);
    from = match.index + match[0].length;
  }
  addText(parts, reply.slice(from));
  return { content: render(parts), parts: trimmed(parts) };
}

/** An answer without its citations, as later prompts show it. */
export function withoutCitations(parts: readonly Part[]): string {
  return parts
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join('')
    .replace(/ +(?=[.,;:!?])/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function cited(inside: string, targets: ReadonlyMap<string, CitationTarget>): CitationTarget[] {
  return inside
    .split(/[\s,;^]+/)
    .map((marker) => targets.get(marker))
    .filter((target) => target !== undefined);
}

function addText(parts: Part[], text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (last?.type === 'text') last.text += text;
  else parts.push({ type: 'text', text });
}

function addCitation(parts: Part[], { recordingId, startMs }: CitationTarget): void {
  const last = parts.at(-1);
  if (last?.type === 'citation' && last.recordingId === recordingId && last.startMs === startMs) return;
  if (last?.type === 'text' && !/\s$/.test(last.text)) last.text += ' ';
  parts.push({ type: 'citation', recordingId, startMs });
}

function render(parts: readonly Part[]): string {
  const numbers = new Map<string, number>();
  const text = parts.map((part) => {
    if (part.type === 'text') return part.text;
    const key = `${part.recordingId}/${part.startMs}`;
    if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
    return `[${numbers.get(key)}]`;
  });
  return text.join('').trim();
}

/** The parts without white space around the whole. */
function trimmed(parts: Part[]): Part[] {
  const first = parts[0];
  if (first?.type === 'text') first.text = first.text.trimStart();
  const last = parts.at(-1);
  if (last?.type === 'text') last.text = last.text.trimEnd();
  return parts.filter((part) => part.type === 'citation' || part.text !== '');
}
