import { queriesFor } from '../../../../src/domain/answering/follow-up.ts';

const launch = { question: 'When does the spring product launch happen?', answer: 'In May, after the fair.' };
const price = { question: 'What did Ana say about the retail price?', answer: 'She wants 25 euro.' };

test('a first question is searched as it was asked', () => {
  expect(queriesFor('and when exactly?', [])).toEqual(['and when exactly?']);
});

test('a question that stands by itself is not mixed with the conversation', () => {
  expect(queriesFor('Which battery did the industrial designer prefer?', [launch])).toEqual([
    'Which battery did the industrial designer prefer?',
  ]);
});

test('a question without a subject is searched with the subject of the last turn alone', () => {
  expect(queriesFor('and when exactly?', [price, launch])).toEqual([
    'When does the spring product launch happen?\nIn May, after the fair.\nand when exactly?',
  ]);
});

test.each(['Does the battery supplier know about it?', 'And the battery supplier contract deadline?', 'Battery?'])(
  '%s is searched both as it was asked and in the conversation',
  (question) => {
    const [raw, inContext, ...more] = queriesFor(question, [launch]);
    expect(raw).toBe(question);
    expect(inContext).toContain(launch.question);
    expect(inContext?.endsWith(question)).toBe(true);
    expect(more).toEqual([]);
  },
);

test.each([
  'Und wann genau wird dann das Produkt vorgestellt?',
  '那么具体是什么时候呢，谁来负责呢？',
  '¿Y cuándo exactamente lo presentan?',
])('%s, in a language whose follow-ups are not known, is searched in both forms', (question) => {
  expect(queriesFor(question, [launch])).toEqual([question, expect.stringContaining(launch.question)]);
});

test('a chain of follow-ups reaches back to the question that named the subject', () => {
  const [query] = queriesFor('and who?', [price, launch, { question: 'and when exactly?', answer: 'On May 12.' }]);
  expect(query).toContain('spring product launch');
  expect(query).toContain('May 12');
  expect(query).not.toContain('retail price');
});

test('a long answer does not drown the question', () => {
  const [query] = queriesFor('and who?', [{ question: launch.question, answer: 'word '.repeat(5000) }]);
  expect(query?.length).toBeLessThan(500);
});

test('a cut leaves no half character, which no index would take', () => {
  const [query] = queriesFor('and who?', [{ question: launch.question, answer: `.${'😀'.repeat(500)}` }]);
  expect(query?.isWellFormed()).toBe(true);
});
