import { createLanguageModels, type ModelsOptions } from '../../../../../src/adapters/models/registry.ts';
import { prompt, streamed } from '../support.ts';
import { DONE, events, type SentReply, startReplyServer } from './reply-server.ts';

const says = (delta: object) => ({ choices: [{ delta, finish_reason: null }] });
const STOP = { choices: [{ delta: {}, finish_reason: 'stop' }] };
const reply = (...deltas: object[]): SentReply => ({ body: events(...deltas.map(says), STOP, DONE) });
const content = (...pieces: string[]) => pieces.map((content) => ({ content }));

const THINKS = reply(...content('hm, the ', 'user asks', '</think>', 'The sky ', 'is ', 'blue.'));
const WORDS = reply(...content('The sky ', 'is ', 'blue.'));
const APART = reply({ reasoning_content: 'hm' }, ...content('The sky ', 'is ', 'blue.'));

/** The pieces in which each of these replies reached the listener of one process. */
async function piecesOf(replies: SentReply[], options: ModelsOptions = {}): Promise<string[][]> {
  const server = await startReplyServer(...replies);
  const model = createLanguageModels({ OPENAI_BASE_URL: server.url, LLM_TIMEOUT_MS: 10_000 }, options).get('openai');
  const all: string[][] = [];
  for (const _ of replies) {
    const { options, pieces } = streamed();
    await model.generate(prompt, options);
    all.push(pieces);
  }
  server.close();
  return all;
}

const LIVE = ['The sky ', 'is ', 'blue.'];

describe('the first stream of a server that nobody knows', () => {
  test('shows no thinking that only its end marks, and the answer comes live behind it', async () => {
    expect(await piecesOf([THINKS, THINKS])).toEqual([LIVE, LIVE]);
  });

  test('comes at its end where it has no such thinking; the next ones come live', async () => {
    expect(await piecesOf([WORDS, WORDS])).toEqual([['The sky is blue.'], LIVE]);
  });

  test('comes live where the server keeps thinking apart', async () => {
    expect(await piecesOf([APART, WORDS])).toEqual([LIVE, LIVE]);
  });

  test('comes live where nobody minds', async () => {
    expect(await piecesOf([WORDS], { holdsFirstStream: false })).toEqual([LIVE]);
  });
});

test('a server that sometimes thinks is held back until it has not for three replies', async () => {
  const whole = ['The sky is blue.'];
  expect(await piecesOf([THINKS, WORDS, WORDS, THINKS, WORDS, WORDS, WORDS, WORDS])).toEqual([
    LIVE,
    whole,
    whole,
    LIVE,
    whole,
    whole,
    whole,
    LIVE,
  ]);
});
