import type { Segment, Transcription } from '../../../../src/domain/library/transcript.ts';
import { idFromBytes } from '../../../../src/domain/shared/ids.ts';
import {
  writeTranscription,
  writeTranscriptionPart,
} from '../../../../src/http/library/presenters/write-transcription.ts';
import { transcription as schema } from '../../../../src/http/library/schemas/library-schemas.ts';

const later = idFromBytes('txn', Buffer.alloc(16, 2));
const completed: Transcription = {
  id: idFromBytes('txn', Buffer.alloc(16, 1)),
  recordingId: idFromBytes('rec', Buffer.alloc(16)),
  ...{ projectId: idFromBytes('prj', Buffer.alloc(16)), mode: 'test', endUserId: idFromBytes('eu', Buffer.alloc(16)) },
  ...{
    status: 'completed',
    language: 'en',
    durationMs: 2_000,
    segmentCount: 2,
    tokenCount: 4,
    chunkCount: 1,
    speakers: [],
  },
  ...{ error: null, replacedBy: null, sourceFormat: 'vtt', dropped: { emptyCues: 1, repeats: 0 } },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', completedAt: '2026-01-01T00:00:01.000Z' },
};
const segment = (startMs: number, text: string): Segment => ({
  ...{ startMs, endMs: startMs + 500, text },
  ...{ speaker: null, confidence: null },
});

async function* inTwoPages() {
  yield { segments: [segment(0, 'He said "no".')], next: { page: 1, index: 0 } };
  yield { segments: [segment(1_000, 'Yes.')], next: null };
}

async function* gone(): AsyncGenerator<never> {
  yield* [];
  throw new Error('The pages were removed.');
}

async function parsed(chunks: AsyncIterable<string>) {
  let json = '';
  for await (const chunk of chunks) json += chunk;
  return schema.parse(JSON.parse(json));
}

test('a whole transcription has its segments and its text', async () => {
  const written = await parsed(writeTranscription(completed, inTwoPages));
  expect(written.segments.map(({ start }) => start)).toEqual([0, 1]);
  expect(written.text).toBe('He said "no". Yes.');
  expect(written).toMatchObject({ source_format: 'vtt', dropped: { empty_cues: 1, repeats: 0 }, replaced_by: null });
});

test.each([
  ['whole', writeTranscription, {}],
  ['in parts', writeTranscriptionPart, { has_more: false, next_cursor: null }],
])('one that was replaced has no words, and names what serves in its place: %s', async (_, write, rest) => {
  const written = await parsed(write({ ...completed, status: 'replaced', replacedBy: later }, gone));
  expect(written).toMatchObject({ status: 'replaced', replaced_by: later, segments: [], text: null, ...rest });
});
