import type { Message } from '../../../sdk/wire-types.ts';
import type { Piece } from './live-turn.ts';

/** A stored answer as pieces: each citation gets the label that `content` has in its place. */
export function piecesOf({ content, parts }: Pick<Message, 'content' | 'parts'>): Piece[] {
  let at = 0;
  return parts.map((part) => {
    const text = part.type === 'text' ? part.text : (/^\[\d+\]/.exec(content.slice(at))?.[0] ?? '[·]');
    at += text.length;
    return { text, moment: part.type === 'text' ? null : { recording_id: part.recording_id, start_ms: part.start_ms } };
  });
}
