import type { RecordingId } from '../../../sdk/wire-types.ts';
import { clock } from '../../lib/format.ts';
import { labelOf, type Piece } from './pieces.ts';

/** An answer as Markdown with its citations below it, to be kept elsewhere. */
export async function answerAsText(
  pieces: readonly Piece[],
  nameOf: (id: RecordingId) => Promise<string>,
): Promise<string> {
  const cited = new Map<string, string>();
  for (const piece of pieces) {
    const { citation } = piece;
    if (citation === null || cited.has(labelOf(piece))) continue;
    const { recording_id, start_ms, speaker, quote } = citation;
    const said = quote === null ? '' : `“${quote}” — `;
    const who = speaker === null ? '' : `${speaker}, `;
    cited.set(labelOf(piece), `[${labelOf(piece)}] ${said}${who}${await nameOf(recording_id)}, ${clock(start_ms)}`);
  }
  const text = pieces.map((piece) => piece.text).join('');
  return [text.trim(), [...cited.values()].join('\n')].filter(Boolean).join('\n\n');
}
