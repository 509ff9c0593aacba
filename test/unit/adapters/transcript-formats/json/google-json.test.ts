import { summary, told } from '../read.ts';

const linesOf = (body: unknown) => summary(body).lines;
const word = (text: string, start: number, more = {}) => ({
  ...{ word: text, startTime: `${start}s`, endTime: `${start + 0.3}s`, confidence: 0.9 },
  ...more,
});
const result = (transcript: string, words: object[] = [], more = {}) => ({
  alternatives: [{ ...(transcript && { transcript }), confidence: 0.9, words }, { transcript: 'other' }],
  ...{ languageCode: 'en-us' },
  ...more,
});

test('version 1: words of each result, within an operation too', () => {
  const results = [
    result('Hello there', [word('Hello', 0), word('there', 0.4)]),
    result(' General', [word('General', 2, { speakerTag: 0 })]),
  ];
  const right = {
    sourceFormat: 'google_speech',
    language: 'en-us',
    recordedAt: null,
    dropped: { emptyCues: 0, repeats: 0 },
    lines: ['0-700 ?: Hello there [0,400]', '2000-2300 ?: General [2000]'],
  };
  expect(summary({ results, totalBilledTime: '15s' })).toEqual(right);
  expect(summary({ name: '1', done: true, response: { '@type': 't', results } })).toEqual(right);
});

test('version 2: offsets, labels, the results of a batch in one file', () => {
  const words = [
    { word: 'Hello', endOffset: '0.300s', speakerLabel: '1' },
    { word: 'there.', startOffset: '0.400s', endOffset: '0.900s', speakerLabel: '2' },
  ];
  const results = [result('Hello there.', words, { resultEndOffset: '1s' })];
  const right = ['0-300 Speaker 1: Hello [0]', '400-900 Speaker 2: there. [400]'];
  expect(linesOf({ results })).toEqual(right);
  expect(linesOf({ response: { results: { 'gs://a/b.wav': { transcript: { results } } } } })).toEqual(right);
  const two = { a: { transcript: { results } }, b: { transcript: { results } } };
  expect(told('json', JSON.stringify({ response: { results: two } }))).toEqual([
    '400 response.results: has several recordings; send the results of one',
  ]);
});

test('the parts of a time as client libraries print them, and the reading behind a Japanese word', () => {
  const words = [
    { word: '今日|キョウ', startTime: { seconds: '1', nanos: 500_000_000 }, endTime: { seconds: 2, nanos: 0 } },
    { word: 'は|ワ', startTime: { seconds: '2' }, endTime: { seconds: '3' } },
  ];
  expect(linesOf({ results: [result('今日は', words, { languageCode: 'ja-JP' })] })).toEqual([
    '1500-3000 ?: 今日は [1500]',
  ]);
  const python = [{ word: 'Hi', start_time: '1.5s', end_time: '2s', speaker_tag: 2 }];
  expect(linesOf({ results: [result('Hi', python)] })).toEqual(['1500-2000 Speaker 2: Hi [1500]']);
});

describe('diarization writes all words again in the last result', () => {
  const first = result('Hello there', [word('Hello', 0), word('there', 0.4)]);
  const second = result(' General', [word('General', 2)]);
  const tagged = [word('Hello', 0, { speakerTag: 1 }), word('there', 0.4, { speakerTag: 1 })];
  const all = [...tagged, word('General', 2, { speakerTag: 2 })];
  const right = ['0-700 Speaker 1: Hello there [0,400]', '2000-2300 Speaker 2: General [2000]'];

  test.each<[string, object[]]>([
    ['without a text of its own', [first, second, result('', all)]],
    ['with that of the others', [first, second, result('Hello there General', all)]],
    ['where the others have no words', [result('Hello there'), result(' General'), result('', all)]],
  ])('%s: no word twice', (_, results) => {
    expect(linesOf({ results })).toEqual(right);
  });

  test('with fewer words than the others: no word lost', () => {
    expect(linesOf({ results: [first, second, result('', tagged)] })).toEqual([
      '0-700 ?: Hello there [0,400]',
      '2000-2300 ?: General [2000]',
    ]);
  });

  test('the last result of another channel is no repeat', () => {
    const left = result('Hello', [word('Hello', 0)], { channelTag: 1 });
    const right = result('Hello', [word('Hello', 0)], { channelTag: 2 });
    expect(linesOf({ results: [left, right] })).toEqual(['0-300 Channel 1: Hello [0]', '0-300 Channel 2: Hello [0]']);
  });
});

test('results without the times of words begin where the one before ends', () => {
  const words = [
    { word: 'Hi', speakerLabel: '1' },
    { word: 'Ana', speakerLabel: '2' },
  ];
  const results = [
    result('One two', [], { resultEndOffset: '2.500s' }),
    result(' ', [], { resultEndOffset: '2.600s' }),
    result('Hi Ana', words, { resultEndOffset: '4s' }),
  ];
  expect(summary({ results })).toMatchObject({
    dropped: { emptyCues: 1 },
    lines: ['0-2500 ?: One two', '2600-2600 Speaker 1: Hi', '2600-4000 Speaker 2: Ana'],
  });
  expect(told('json', JSON.stringify({ results: [result('Lost?')] }))).toEqual([
    '400 results.0: has neither the times of its words nor its end',
  ]);
});
