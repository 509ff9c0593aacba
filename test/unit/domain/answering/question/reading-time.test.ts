import { describe, expect, test } from '@jest/globals';
import { checkGrounding } from '../../../../../src/domain/answering/grounding/check-grounding.ts';
import { isFollowUp } from '../../../../../src/domain/answering/question/follow-ups/follow-up.ts';
import type { ScopeRecording } from '../../../../../src/domain/answering/question/scope-recording.ts';
import { understandQuestion } from '../../../../../src/domain/answering/question/understand-question.ts';
import type { RecordingId } from '../../../../../src/domain/shared/ids.ts';
import { inLinearTime } from '../../../../support/linear.ts';

const many = <T>(count: number, one: (i: number) => T) => Array.from({ length: count }, (_, i) => one(i));
const titled = (title: string, i: number, speakers: string[] = []): ScopeRecording => ({
  id: `rec_${String(i).padStart(5, '0')}` as RecordingId,
  title,
  recordedAt: null,
  speakers,
});
const names = many(80_000, (i) => `N${i.toString(36)}`);
const understood = (question: string, recordings: ScopeRecording[]) =>
  inLinearTime(() => understandQuestion(question, { recordings, now: '2026-02-18T12:00:00.000Z', timezone: 'UTC' }))
    .understood;

/** A question is read by a thread that answers everybody: nothing in it may take the product of words, titles and names. */
describe('a question is read in a time that does not grow with the product of its words and the library', () => {
  test('where 5,000 recordings have the title that it says 330 times', () => {
    const found = understood(
      'retro '.repeat(330),
      many(5_000, (i) => titled('Retro', i)),
    );
    expect(found.length).toBeLessThanOrEqual(100);
    expect(found[0]).toMatchObject({ text: 'retro', recordingIds: expect.arrayContaining(['rec_00000']) });
  });

  test('where 400 of 80,000 speakers are named', () => {
    const speakers = understood(names.slice(0, 400).join(' '), [titled('Sync', 1, names)]).flatMap(
      (each) => each.speakers ?? [],
    );
    expect(speakers).toContain('N1z');
  });

  test('where it is one word between ten thousand blanks', () => {
    expect(inLinearTime(() => isFollowUp(`Why${' '.repeat(400_000)}the budget?`))).toBe(true);
  });

  test('where its dates are looked up for an answer', () => {
    const line = {
      text: 'The launch is on 12 March.',
      speaker: null,
      startMs: 0,
      endMs: 1,
      title: null,
      recordedAt: '2026-01-05T09:00:00.000Z',
    };
    const { status } = inLinearTime(() =>
      checkGrounding({
        parts: ['The launch is on 12 March.', { cited: line }],
        question: many(2_000, (i) => `${1 + (i % 28)} March ${i % 100}`).join(' '),
        speakers: [],
        saysNotFound: false,
        timeZone: 'UTC',
      }),
    );
    expect(status).toBe('supported');
  });
});
