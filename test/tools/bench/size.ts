/**
 * What large texts cost: a turn with a long answer, a long question or a long transcript against an ordinary one, through
 * the service and through the floor, in pairs. The floor's growth is what the size explains. `npm run bench:size`
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { asking, paired, question, startPair } from './pair.ts';
import { median } from './statistics.ts';

const ROUNDS = { rounds: 3, calls: 14 };
const ORDINARY = { answer: 300, question: 60, tokens: 4_000 };
const LARGE = { answer: 16 * 1024, question: 10_000, tokens: 97_000 };
/** A segment of 150 characters behind its marker, time and speaker. */
const TOKENS_A_SEGMENT = 60;

const model = await startModel();
const pair = await startPair({ settings: { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_MODEL: 'bench' } });
try {
  const [short, long] = [await transcript(ORDINARY.tokens), await transcript(LARGE.tokens)];
  const ordinary = await turns(short, ORDINARY);
  print('ordinary turn', ordinary);
  print('answers of 16 kB', await turns(short, { ...ORDINARY, answer: LARGE.answer }), ordinary);
  print('questions of 10,000 characters', await turns(short, { ...ORDINARY, question: LARGE.question }), ordinary);
  print(
    'the same in Thai, without blanks',
    await turns(short, { ...ORDINARY, question: LARGE.question }, thai),
    ordinary,
  );
  print('transcripts of 97,000 tokens', await turns(long, ORDINARY), ordinary);
} finally {
  await pair.stop();
  model.close();
}

/** A recording whose transcript has about this many tokens, once it can be asked. */
async function transcript(tokens: number): Promise<string> {
  const segments = Array.from({ length: Math.ceil(tokens / TOKENS_A_SEGMENT) }, (_, i) => ({
    ...{ start: i * 10, end: i * 10 + 9, speaker: i % 2 === 0 ? 'Ana' : 'Ben' },
    text: prose(i, 150),
  }));
  const start = performance.now();
  const id = await pair.served.recording(segments);
  const ms = performance.now() - start;
  process.stdout.write(`${segments.length} segments imported and indexed in ${ms.toFixed(0)} ms\n`);
  return id;
}

async function turns(recording: string, { answer, question: characters }: typeof ORDINARY, words = prose) {
  model.answers(prose(7, answer));
  const content = (i: number) => `${question(i)} ${words(i, characters)}`.slice(0, characters);
  const [serve, floor] = await asking(pair, recording, content);
  // The first turn renders the transcript, which later ones have at hand.
  const first = await paired({ rounds: 1, calls: 1 }, serve, floor);
  const rest = await paired(ROUNDS, serve, floor);
  const both = ({ service, floor }: typeof rest) => ({ service: median(service), floor: median(floor) });
  return { first: both(first), ...both(rest) };
}

type Times = Awaited<ReturnType<typeof turns>>;

function print(name: string, { first, service, floor }: Times, ordinary?: Times): void {
  const ms = (time: number, than?: number) => {
    const more = than === undefined ? '' : ` (${time < than ? '' : '+'}${(time - than).toFixed(0)})`;
    return `${time.toFixed(0)} ms${more}`;
  };
  process.stdout.write(
    `${name.padEnd(32)} service ${ms(service, ordinary?.service)}, floor ${ms(floor, ordinary?.floor)};` +
      ` first turn: service ${ms(first.service)}, floor ${ms(first.floor)}\n`,
  );
}

/** Words that differ from line to line. */
function prose(seed: number, characters: number): string {
  const words = ['launch', 'budget', 'design', 'remote', 'market', 'review', 'battery', 'button', 'price', 'schedule'];
  let made = '';
  for (let i = seed; made.length < characters; i++) made += `the ${words[i % words.length]} of May ${i % 31} `;
  return made.slice(0, characters);
}

/** One run of letters, which a tokenizer does not split. */
function thai(seed: number, characters: number): string {
  const said = 'เรากำลังวางแผนที่จะขายรีโมทคอนโทรลเหล่านี้ในราคายี่สิบห้ายูโร';
  return said.repeat(characters / said.length + 2).slice(seed % said.length);
}

/** A provider that speaks OpenAI's protocol and always says the same. */
async function startModel() {
  let content = '';
  const server = createServer(async (incoming, outgoing) => {
    await text(incoming);
    const choices = [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }];
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    outgoing.setHeader('content-type', 'application/json');
    outgoing.end(JSON.stringify({ id: 'x', object: 'chat.completion', created: 0, model: 'bench', choices, usage }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: (said: string) => {
      content = said;
    },
    close: () => server.close(),
  };
}
