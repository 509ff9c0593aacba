import type { CitationPiece } from '../../../../src/domain/answering/reply/reply-reader.ts';
import type { Source } from '../../../../src/domain/library/source.ts';
import { type ChunkId, idFromBytes } from '../../../../src/domain/shared/ids.ts';
import { TurnEventLog } from '../../../../src/http/ask/stream/turn-event-log.ts';

const chunk = (n: number): ChunkId => idFromBytes('chk', Buffer.alloc(16, n));
const source = (n: number): Source => ({
  ...{ chunkId: chunk(n), recordingId: idFromBytes('rec', Buffer.alloc(16, n)), text: `Words ${n}.`, score: 0 },
  ...{
    transcriptionId: idFromBytes('txn', Buffer.alloc(16, n)),
    speaker: 'Ana',
    startMs: 0,
    endMs: 9,
    recordedAt: null,
  },
});
const cites = (n: number, sourceIndex: number): CitationPiece => ({
  ...{ type: 'citation', text: `[${n}]`, chunkId: chunk(n), recordingId: source(n).recordingId, startMs: n, endMs: 9 },
  ...{ speaker: 'Ana', quote: 'Words.', sourceIndex },
});
const batch = (...pieces: CitationPiece[]) => ({ generation: 1, attempt: 1, pieces, last: false });
const toldIn = (events: Iterable<{ name: string; data: object }>) =>
  [...events].map(({ data }) => ('source' in data ? (data.source as { chunk_id: string }).chunk_id : null));

test('a citation that appends a source tells of it once, one among those told does not', () => {
  const log = new TurnEventLog();
  [...log.sources([source(1)])];
  const pieces = [cites(1, 0), cites(2, 1), cites(3, 1)];
  expect(log.unknownChunks(pieces)).toEqual([chunk(2), chunk(3)]);
  expect(toldIn(log.batch(batch(...pieces), [source(2), source(3)]))).toEqual([null, chunk(2), null]);
});

test('an attempt that begins anew tells of its sources again', () => {
  const log = new TurnEventLog();
  [...log.sources([])];
  [...log.batch(batch(cites(2, 0)), [source(2)])];
  const anew = { ...batch(cites(3, 0)), generation: 2, attempt: 2 };
  expect(toldIn(log.batch(anew, [source(3)]))).toEqual([null, chunk(3)]);
});

test('a source that is gone since is not told', () => {
  const log = new TurnEventLog();
  [...log.sources([])];
  expect(toldIn(log.batch(batch(cites(2, 0)), []))).toEqual([null]);
});
