/** The service and its floor, on one Temporal, one MongoDB and one sandbox model of their own. */
import { freePort } from '../../../src/local/stack/state/ports.ts';
import { startRole } from '../../support/process.ts';
import { orderFault } from '../../support/sandbox.ts';
import { type Durability, startTestMongo, startTestTemporal } from '../../support/servers.ts';
import { type Service, startService } from '../../support/service.ts';
import { type Api, apiAt } from './client.ts';
import { median, timed } from './statistics.ts';

export interface Pair {
  service: Service;
  served: Api;
  floored: Api;
  temporalAddress: string;
  /** A meeting of 20 minutes that both can ask. */
  recording: string;
  /** Lets the model take this long for every answer. */
  slowModel(ms: number): Promise<void>;
  stop(): Promise<void>;
}

const QUESTIONS = [
  'What is the selling price?',
  'Who designs the interface?',
  'What about the profit?',
  'When is the next meeting?',
];
export const question = (i: number) => `${QUESTIONS[i % QUESTIONS.length]} (${i})`;

export async function startPair(options: Durability & { settings?: Record<string, string> } = {}): Promise<Pair> {
  const { synchronous = 'FULL', settings = {} } = options;
  const [temporal, mongo] = await Promise.all([startTestTemporal({ synchronous }), startTestMongo({ synchronous })]);
  process.env.TEST_TEMPORAL_ADDRESS = temporal.address;
  process.env.TEST_MONGODB_URI = mongo.address;
  const quiet = { LOG_LEVEL: 'warn', DEFAULT_PROVIDER: 'openai', ...settings };
  const service = await startService({ settings: quiet });
  const PORT = String(await freePort());
  const floor = await startRole('test/tools/bench/floor.ts', { ...service.settings, PORT });
  const { secret } = await service.client();
  const [served, floored] = [apiAt(service.url, secret), apiAt(`http://127.0.0.1:${PORT}`, secret)];
  return {
    ...{ service, served, floored, temporalAddress: temporal.address },
    recording: await served.meeting(),
    async slowModel(ms) {
      await fetch(`${service.sandboxUrl}/sandbox/faults`, { method: 'DELETE' });
      if (ms > 0) await orderFault(service.sandboxUrl, { provider: 'openai', times: -1, delay_ms: ms });
    },
    async stop() {
      await floor.stop('SIGKILL');
      await service.stop();
      await Promise.all([temporal.stop(), mongo.stop()]);
    },
  };
}

type Call = (i: number) => Promise<unknown>;

/** Turns on a new session of each. */
export async function asking(
  { served, floored }: Pair,
  recording: string,
  content = question,
): Promise<[serve: Call, floor: Call]> {
  const [ours, theirs] = [await served.session(recording), await floored.session(recording)];
  return [(i) => served.ask(ours, content(i)), (i) => floored.ask(theirs, content(i))];
}

export interface Rounds {
  service: number[];
  floor: number[];
  /** Of each round: its median over the floor's, in ms and as a ratio. */
  added: number[];
  ratio: number[];
}

/** Calls of both in turn, so that noise hits both, in rounds. */
export async function paired(
  { rounds, calls }: { rounds: number; calls: number },
  serve: Call,
  floor: Call,
): Promise<Rounds> {
  const all: Rounds = { service: [], floor: [], added: [], ratio: [] };
  for (let round = 0, i = 0; round < rounds; round++) {
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (const last = i + calls; i < last; i++) {
      ours.push(...(await timed(1, 1, () => serve(i))));
      theirs.push(...(await timed(1, 1, () => floor(i))));
    }
    all.service.push(...ours);
    all.floor.push(...theirs);
    all.added.push(median(ours) - median(theirs));
    all.ratio.push(median(ours) / median(theirs));
  }
  return all;
}
