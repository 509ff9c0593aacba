import type { Part } from '../../../../src/domain/ask/message.ts';
import type { Source } from '../../../../src/domain/library/source.ts';
import { presentAnswerSources } from '../../../../src/http/ask/presenters/present-answer-sources.ts';

const place = {
  recordingId: 'rec_00000000000000000000000001',
  transcriptionId: 'txn_00000000000000000000000001',
} as const;
const aSource = (chunkId: Source['chunkId']): Source => ({
  ...{ ...place, chunkId, text: 'Hello.', speaker: null, startMs: 0, endMs: 9, recordedAt: null, score: 1 },
});
const sources = [aSource('chk_00000000000000000000000001'), aSource('chk_00000000000000000000000002')];
const citing = (sourceIndex: number | null): Part => ({
  ...{
    type: 'citation',
    recordingId: place.recordingId,
    startMs: 0,
    endMs: 9,
    speaker: null,
    quote: 'Hello.',
    sourceIndex,
  },
});
const cited = (parts: Part[]) => presentAnswerSources({ sources, parts }).map((source) => source.cited);

test('a source says whether the answer cites it; of an answer from before citations named it nobody knows', () => {
  expect(cited([{ type: 'text', text: 'Hello ' }, citing(1)])).toEqual([false, true]);
  expect(cited([{ type: 'text', text: 'Hello' }])).toEqual([false, false]);
  expect(cited([citing(null)])).toEqual([null, null]);
});
