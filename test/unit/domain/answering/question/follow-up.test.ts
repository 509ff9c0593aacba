import {
  isFollowUp,
  queriesFor,
  questionsBehind,
  searchTiers,
} from '../../../../../src/domain/answering/question/follow-ups/follow-up.ts';
import { followUpOf } from '../../../../../src/domain/answering/question/follow-ups/follow-up-kind.ts';

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
  expect(searchTiers('and when exactly?', [price, launch])).toEqual(searchTiers(launch.question, [price]));
});

test('a follow-up reaches back to the question that stands by itself', () => {
  const chain = [price, launch, { question: 'and when exactly?', answer: 'On May 12.' }];
  expect(questionsBehind('why?', chain)).toEqual(['why?', 'and when exactly?', launch.question]);
  expect(questionsBehind('Which battery did the industrial designer prefer?', chain)).toHaveLength(1);
});

test('a follow-up with words of its own keeps most of what the one before it saw, and adds what its words find', () => {
  const question = 'And what about the cost of it?';
  expect(searchTiers(question, [launch])).toEqual([
    { question: launch.question, queries: [launch.question], until: 0.9 },
    { question, queries: [question, expect.stringContaining(launch.question)], until: 1 },
  ]);
});

test('one with many words of its own leaves them more room', () => {
  const [first] = searchTiers('And which battery supplier contract deadline did it bring?', [launch]);
  expect(first?.until).toBe(0.7);
});

test('a follow-up of a follow-up keeps what both saw', () => {
  const chain = [launch, { question: 'And what about the cost of it?', answer: 'Nobody knows.' }];
  expect(searchTiers('And the colour of it?', chain).map(({ until }) => until)).toEqual([
    expect.closeTo(0.81),
    expect.closeTo(0.9),
    1,
  ]);
});

test.each(['Battery?', '那么具体是什么时候呢，谁来负责呢？'])(
  '%s, of which it is not known whether it is a new subject, is searched for itself first, and in the conversation',
  (question) => {
    expect(searchTiers(question, [launch])).toEqual([
      { question, queries: [question, question, expect.stringContaining(launch.question)], until: 1 },
    ]);
  },
);

test.each([
  ...['Why?', 'Who said that?', 'How so?', 'What were the alternatives?', 'Can you elaborate?', 'Who objected to it?'],
  ...[
    'In which meeting was this decided?',
    'Did everybody agree?',
    'Please quote the exact words.',
    'What happened next?',
  ],
  ...['Warum?', 'Wer hat das gesagt?', 'Gab es Einwände dagegen?', 'Wie wurde diese Entscheidung begründet?'],
  ...['Pourquoi ?', 'Qui a dit cela ?', 'Quelles étaient les objections ?', 'Peux-tu préciser ?'],
  ...['¿Por qué?', '¿Quién dijo eso?', '¿Hubo objeciones?', '¿Puedes explicarlo mejor?'],
])('%s has no subject of its own', (question) => {
  expect(followUpOf(question).kind).toBe('same');
});

test.each([
  ...[
    'And what about the cost of it?',
    'Did the marketing expert agree with that?',
    'Did Dana agree?',
    'And Marketing?',
  ],
  ...[
    'How much would that cost?',
    'What about older people?',
    'What colour should it have?',
    'Does that include batteries?',
  ],
  ...['Und die Farbe?', 'War der Marketingexperte damit einverstanden?', 'Was meinte der Projektleiter dazu?'],
  ...['Et le prix ?', 'Le chef de projet était-il d’accord avec cela ?', '¿Y el precio?', '¿Cuánto costaría eso?'],
])('%s asks more about the subject before it', (question) => {
  expect(followUpOf(question).kind).toBe('leans');
});

test.each([
  ...['What was decided in the most recent meeting?', 'Summarise the last meeting.', 'What happened on 5 March?'],
  ...['What did Dana say last week?', 'What did they decide about the batteries?', 'Do they want a rubber case?'],
  ...['How long does it take to charge the battery?', 'Is it possible to use a cheap chip for speech recognition?'],
  ...[
    'What did the Project Manager say about the deadline that was moved?',
    'Does the product need a manual in its box?',
  ],
  ...['Why did the group think that they should aim at young people?', 'What is the target group?'],
  ...[
    'Was wurde über die Batterie entschieden?',
    'Gibt es eine Zielgruppe?',
    'Was wurde in der letzten Besprechung beschlossen?',
  ],
  ...['Combien coûtera la télécommande ?', 'Qu’est-ce qui a été décidé sur les piles ?', 'Y a-t-il un écran LCD ?'],
  ...['¿Qué se decidió sobre las pilas?', '¿Por qué es demasiado cara la pantalla LCD?'],
])('%s needs nothing said before', (question) => {
  expect(isFollowUp(question)).toBe(false);
});

test.each([
  ...['Since when?', 'By whom?', 'And the others?', 'Go on.', 'What else?', 'Such as?', 'Really?', 'In what context?'],
  ...['Seit wann?', 'Von wem?', 'Und die anderen?', 'Zum Beispiel?', 'Wirklich?', 'Und dann?', 'Wie lange?'],
  ...['Depuis quand ?', 'Par qui ?', 'Et les autres ?', 'Par exemple ?', 'Vraiment ?', 'Et ensuite ?', 'Combien ?'],
  ...['¿Desde cuándo?', '¿Por quién?', '¿Y los demás?', '¿Por ejemplo?', '¿De verdad?', '¿Y después?', '¿Cuánto?'],
])('%s leans on what was asked before', (question) => {
  expect(isFollowUp(question)).toBe(true);
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
