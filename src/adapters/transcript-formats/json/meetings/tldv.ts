import { z } from 'zod';
import { speakerName } from '../../segment.ts';
import { anySeconds, firstOf, text, toMs } from '../lib/fields.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const line = z.object({ text, startTime: anySeconds, endTime: anySeconds, speaker: text.nullish() });

/** The transcript of a meeting of tl;dv's API. */
export const tldv: Tool = {
  format: 'tldv',
  name: 'tl;dv',
  ownField(json, fields) {
    const first = firstOf(json, fields.get('data'));
    const inner = first && json.fields(first);
    return inner?.has('speaker') ? (inner.get('startTime')?.path ?? null) : null;
  },
  read: (json, fields) => ({
    language: null,
    recordedAt: null,
    segments: piecesIn(json, fields.get('data'), 'line', line, (given) => ({
      startMs: toMs(given.startTime),
      endMs: toMs(given.endTime),
      text: given.text,
      speaker: speakerName(given.speaker),
    })),
  }),
};
