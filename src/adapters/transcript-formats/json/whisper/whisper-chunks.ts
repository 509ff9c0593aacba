import { z } from 'zod';
import { MS_A_WORD } from '../../lib/spoken.ts';
import { fieldAmong, firstOf, numberedSpeaker, seconds, text, toMs } from '../lib/fields.ts';
import { type Piece, piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

/** The last one may have no end. */
const chunk = z.object({ timestamp: z.tuple([seconds, seconds.nullable()]), text, speaker: numberedSpeaker });

/** Whisper in a pipeline of Transformers (`return_timestamps`); insanely-fast-whisper adds `speakers`, the same with names. */
export const whisperChunks: Tool = {
  format: 'whisper',
  name: 'Whisper of Transformers',
  ownField: (_json, fields) => fieldAmong(fields, ['chunks']),
  read(json, fields) {
    const speakers = fields.get('speakers');
    const isNamed = firstOf(json, speakers) !== undefined;
    const array = isNamed ? speakers : fields.get('chunks');
    return { language: null, recordedAt: null, segments: piecesIn(json, array, 'chunk', chunk, toPiece) };
  },
};

function toPiece({ timestamp: [start, end], text: said, speaker }: z.output<typeof chunk>): Piece {
  const startMs = toMs(start);
  const endMs = end === null ? startMs + said.trim().split(/\s+/).length * MS_A_WORD : toMs(end);
  return { startMs, endMs, text: said, speaker };
}
