import { z } from 'zod';
import { speakerName } from '../../segment.ts';
import { anySeconds, confidence, fieldAmong, fieldOfFirst, firstOf, languageAt, text, toMs } from '../lib/fields.ts';
import { piecesIn } from '../lib/speech-pieces.ts';
import type { Tool } from '../lib/tool.ts';

const entry = z.object({
  text,
  startOffset: anySeconds,
  endOffset: anySeconds,
  speakerDisplayName: text.nullish(),
  confidence,
});

/** The transcript of a Teams meeting as Stream and SharePoint keep it. */
export const teams: Tool = {
  format: 'teams',
  name: 'Teams',
  ownField(json, fields) {
    const first = firstOf(json, fields.get('entries'));
    return first === undefined ? null : fieldAmong(json.fields(first), ['speakerDisplayName', 'startOffset']);
  },
  read(json, fields) {
    const entries = fields.get('entries');
    return {
      language: languageAt(json, fieldOfFirst(json, entries, 'spokenLanguageTag')),
      recordedAt: null,
      segments: piecesIn(json, entries, 'entry', entry, (given) => ({
        startMs: toMs(given.startOffset),
        endMs: toMs(given.endOffset),
        text: given.text,
        speaker: speakerName(given.speakerDisplayName),
        // Teams writes 0 where it knows none.
        confidence: given.confidence || null,
      })),
    };
  },
};
