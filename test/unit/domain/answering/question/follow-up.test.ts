import { queriesFor, questionsBehind } from '../../../../../src/domain/answering/question/follow-up.ts';

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

test('a question without a subject is searched as the one before it was, so that it sees the same', () => {
  expect(queriesFor('and when exactly?', [price, launch])).toEqual(queriesFor(launch.question, [price]));
});

test('a follow-up reaches back to the question that stands by itself', () => {
  const chain = [price, launch, { question: 'and when exactly?', answer: 'On May 12.' }];
  expect(questionsBehind('why?', chain)).toEqual(['why?', 'and when exactly?', launch.question]);
  expect(questionsBehind('Which battery did the industrial designer prefer?', chain)).toHaveLength(1);
});

test.each(['And the battery supplier contract deadline?', 'Battery?'])(
  '%s, which may be a new subject, is searched for itself first, and in the conversation',
  (question) => {
    const [raw, again, inContext, ...more] = queriesFor(question, [launch]);
    expect([raw, again]).toEqual([question, question]);
    expect(inContext).toContain(launch.question);
    expect(inContext?.endsWith(question)).toBe(true);
    expect(more).toEqual([]);
  },
);

test('a question that points back and says little itself is searched as the one before it first', () => {
  const question = 'And what about the cost of it?';
  expect(queriesFor(question, [launch])).toEqual([launch.question, launch.question, expect.stringContaining(question)]);
});

test.each([
  'Und wann genau wird dann das Produkt vorgestellt?',
  '那么具体是什么时候呢，谁来负责呢？',
  '¿Y cuándo exactamente lo presentan?',
])('%s, in a language whose follow-ups are not known, is searched in both forms', (question) => {
  expect(queriesFor(question, [launch])).toEqual([question, question, expect.stringContaining(launch.question)]);
});

test('a chain of follow-ups reaches back to the question that named the subject', () => {
  const query = queriesFor('and the battery?', [
    price,
    launch,
    { question: 'and when exactly?', answer: 'On May 12.' },
  ]).at(-1);
  expect(query).toContain('spring product launch');
  expect(query).toContain('May 12');
  expect(query).not.toContain('retail price');
});

test('a long answer does not drown the question', () => {
  const query = queriesFor('and the battery?', [{ question: launch.question, answer: 'word '.repeat(5000) }]).at(-1);
  expect(query?.length).toBeLessThan(500);
});

test('a cut leaves no half character, which no index would take', () => {
  const query = queriesFor('and the battery?', [{ question: launch.question, answer: `.${'😀'.repeat(500)}` }]).at(-1);
  expect(query).toContain('😀');
  expect(query?.isWellFormed()).toBe(true);
});
