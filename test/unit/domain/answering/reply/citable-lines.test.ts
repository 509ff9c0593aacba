import { expect, test } from '@jest/globals';
import type { PromptLine } from '../../../../../src/domain/answering/prompt-line.ts';
import { citableLines } from '../../../../../src/domain/answering/reply/citable-lines.ts';
import type { Source } from '../../../../../src/domain/library/source.ts';

const recordingId = 'rec_00000000000000000000000001';
const transcriptionId = 'txn_00000000000000000000000001';

function line(marker: string): PromptLine {
  return { marker, recordingId, transcriptionId, segments: null, startMs: 0, endMs: 1, speaker: null, text: 'Yes.' };
}

function source(name: string): Source {
  const place = { chunkId: `chk_${name}` as const, recordingId, transcriptionId, startMs: 0, endMs: 1 } as const;
  return { ...place, text: 'Yes.', speaker: null, recordedAt: null, score: 1 };
}

test('a line points to its passage; one that is not among those shown follows them, once', () => {
  const passages: Record<string, Source> = { kx347: source('shown'), bc234: source('cited'), df456: source('cited') };
  const lines = new Map([...Object.keys(passages), '234bc'].map((marker) => [marker, line(marker)]));
  const { sources, sourceIndexOf } = citableLines(lines, [source('shown')], (marker) => passages[marker] ?? null);
  expect(['bc234', 'kx347', 'df456', '234bc'].map((marker) => sourceIndexOf(line(marker)))).toEqual([1, 0, 1, null]);
  expect(sources.map(({ chunkId }) => chunkId)).toEqual(['chk_shown', 'chk_cited']);
});
