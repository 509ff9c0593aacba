import { suggestedQuestions } from '../../../../src/clients/console/state/ask/suggested-questions.ts';
import { apiQuery, listQueryOf, listSearch } from '../../../../src/clients/console/state/lib/list-query.ts';
import type { Recording } from '../../../../src/clients/sdk/wire-types.ts';

test('a list stands in the address, and is read from it', () => {
  const query = { q: 'a & b', order: 'recorded_at' };
  expect(listQueryOf(new URLSearchParams(listSearch(query)))).toEqual(query);
  expect(listSearch({ q: '', status: '' })).toBe('');
});

test('both days of a window count, in the zone of the reader', () => {
  const query = apiQuery({ from: '2026-05-04', until: '2026-05-04' }, null);
  const [after, before] = [query.get('recorded_after'), query.get('recorded_before')].map((at) => new Date(at ?? ''));
  expect(after).toEqual(new Date(2026, 4, 4));
  expect(before).toEqual(new Date(2026, 4, 5));
});

describe('suggested questions', () => {
  const recording = (name: string | null, started_at: string | null = null) => ({ name, started_at }) as Recording;

  test('name the recordings of a library', () => {
    const questions = suggestedQuestions([recording('B', '2026-05-04T09:00:00.000Z'), recording('A')], []);
    expect(questions.slice(0, 2)).toEqual(['What was decided in “B”?', 'What changed between “A” and “B”?']);
    expect(questions).toHaveLength(4);
    const unnamed = suggestedQuestions([recording('x'.repeat(61)), recording(null)], []);
    expect(unnamed[1]).toBe('What changed between the recording before and the latest one?');
  });

  test('name the speakers of a single recording; there are none without a recording', () => {
    expect(suggestedQuestions([recording('A')], ['Ana'])).toContain('What did Ana say?');
    expect(suggestedQuestions([], [])).toEqual([]);
  });
});
