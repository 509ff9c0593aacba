import { type Owned, owns, type Tenant } from '../../../../src/domain/access/tenant.ts';
import { fitHistory } from '../../../../src/domain/answering/history.ts';
import { sessionTitle } from '../../../../src/domain/ask/session.ts';
import { timecode } from '../../../../src/domain/shared/timecode.ts';

describe('the title of a session', () => {
  test('is the given one, else the question, else a default', () => {
    expect(sessionTitle('Mine', 'When?')).toBe('Mine');
    expect(sessionTitle(undefined, '  When is\nthe launch? ')).toBe('When is the launch?');
    expect(sessionTitle(undefined, undefined)).toBe('New chat');
  });

  test('is cut to 200 characters at a word', () => {
    const title = sessionTitle(undefined, 'word '.repeat(100));
    expect(title).toHaveLength(199);
    expect(title.endsWith('word')).toBe(true);
  });

  test('a word longer than that is cut hard, but never inside a character', () => {
    expect(sessionTitle(undefined, 'x'.repeat(300))).toHaveLength(200);
    expect(sessionTitle(undefined, `${'x'.repeat(199)}👍👍`).isWellFormed()).toBe(true);
  });
});

describe('history', () => {
  const turns = ['a', 'bb', 'ccc'].map((text, i) => ({ position: 2 * i, question: text, answer: text }));
  const length = (text: string) => text.length;

  test('drops the oldest turns first and keeps the order', () => {
    expect(fitHistory(turns, 10, length).shown).toEqual(turns.slice(1));
    expect(fitHistory(turns, 12, length).shown).toEqual(turns);
  });

  test('in a long session stays the same at its front for many turns', () => {
    const session = Array.from({ length: 400 }, (_, i) => ({ position: 2 * i, question: `q${i}`, answer: 'a' }));
    const fronts: number[] = [];
    for (let turn = 100; turn < 400; turn++) {
      const kept = fitHistory(session.slice(turn - 64, turn), 1_000, length).shown;
      expect(kept.length).toBeGreaterThanOrEqual(48);
      expect(kept.at(-1)).toEqual(session[turn - 1]);
      fronts.push(kept[0]?.position ?? Number.NaN);
    }
    expect(new Set(fronts).size).toBeLessThanOrEqual(300 / 16 + 2);
  });

  test('outgrows what stands before the turns that fit, and never the latest four', () => {
    const session = Array.from({ length: 9 }, (_, i) => ({ position: 2 * i, question: 'qq', answer: 'aaa' }));
    expect(fitHistory(session, 5 * 6 + 4, length).evictedTurns).toEqual(session.slice(0, 3));
    expect(fitHistory(session, 5 * 9, length).evictedTurns).toEqual([]);
    expect(fitHistory(session, 0, length).evictedTurns).toEqual(session.slice(0, 5));
    expect(fitHistory(session.slice(0, 2), 0, length).evictedTurns).toEqual([]);
  });

  test('shows the same without the evicted turns', () => {
    const session = Array.from({ length: 64 }, (_, i) => ({ position: 2 * i, question: `q${i}`, answer: 'a' }));
    const left = session.slice(fitHistory(session, 100, length).evictedTurns.length);
    expect(left.length).toBeLessThan(64);
    expect(fitHistory(left, 100, length).shown).toEqual(fitHistory(session, 100, length).shown);
  });

  test('cuts the latest turn at its end when it does not fit by itself', () => {
    const long = { position: 4, question: 'Why is it so?', answer: 'Because of this and of that.' };
    const [shown] = fitHistory([...turns, long], 30, length).shown;
    expect(shown).toEqual({ ...long, answer: 'Because of this…' });
    expect(fitHistory([long], 10, length).shown).toEqual([{ ...long, question: 'Why is…', answer: 'Be…' }]);
  });

  test('is empty when there is no room for a word', () => {
    expect(fitHistory(turns, 1, length).shown).toEqual([]);
  });
});

describe('tenancy', () => {
  const resource: Owned = { projectId: 'prj_a', mode: 'test', endUserId: 'eu_a' };
  const cases: [string, Tenant, boolean][] = [
    ['the project', { projectId: 'prj_a', mode: 'test', endUserId: null }, true],
    ['the end user', { projectId: 'prj_a', mode: 'test', endUserId: 'eu_a' }, true],
    ['another end user', { projectId: 'prj_a', mode: 'test', endUserId: 'eu_b' }, false],
    ['the other mode', { projectId: 'prj_a', mode: 'live', endUserId: null }, false],
    ['another project', { projectId: 'prj_b', mode: 'test', endUserId: null }, false],
  ];
  test.each(cases)('%s: visible is %p', (_who, tenant, visible) => {
    expect(owns(tenant, resource)).toBe(visible);
  });
});

test.each([
  [0, '00:00'],
  [62_999, '01:02'],
  [3_599_000, '59:59'],
  [3_600_000, '1:00:00'],
])('%i ms read as %s', (ms, text) => {
  expect(timecode(ms)).toBe(text);
});
