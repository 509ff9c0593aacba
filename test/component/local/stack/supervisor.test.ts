import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from '../../../../src/local/stack/servers/child.ts';
import { poll } from '../../../../src/local/stack/servers/poll.ts';
import { type Service, Supervisor } from '../../../../src/local/stack/servers/supervisor.ts';

const soon = () => AbortSignal.timeout(10_000);
/** Says that it is ready, and notes its end in the file `ends`. */
const STEADY = `
  const { appendFileSync } = require('node:fs');
  process.on('SIGTERM', () => { appendFileSync(process.env.ENDS, process.env.NAME + '\\n'); process.exit(0); });
  setInterval(() => {}, 1000);
  process.send('ready');`;
const STUBBORN = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send('ready');`;
const FAILING = `console.error('the reason why'); process.exit(3);`;

let directory: string;
let events: string[];
let supervisor: Supervisor;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ask-supervisor-'));
  events = [];
  supervisor = new Supervisor({ onEvent: (line) => events.push(line) }, [10, 10], 20);
});
afterEach(() => supervisor.stop([]));

function service(name: string, script: string, graceMs = 5_000): Service {
  return {
    ...{ name, command: process.execPath, args: ['-e', script], graceMs, ipc: true, readyWithinMs: 10_000 },
    env: { ...process.env, NAME: name, ENDS: join(directory, 'ends') },
    logFile: join(directory, `${name}.log`),
    ready: (child: Child) => new Promise<void>((resolve) => child.onMessage(() => resolve())),
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a child that is killed is named and started again', async () => {
  await supervisor.start(service('worker', STEADY));
  const first = supervisor.pidOf('worker') as number;
  process.kill(first, 'SIGKILL');
  await poll(async () => expect(events).toContain('worker is ready again'), soon());
  expect(events[0]).toBe('worker ended (signal SIGKILL); starting it again');
  expect(supervisor.pidOf('worker')).not.toBe(first);
});

test('children stop in the order given, each after the one before has ended', async () => {
  for (const name of ['temporal', 'worker', 'api']) await supervisor.start(service(name, STEADY));
  await supervisor.stop([['api'], ['worker'], ['temporal']]);
  expect(await readFile(join(directory, 'ends'), 'utf8')).toBe('api\nworker\ntemporal\n');
});

test('a child that ignores SIGTERM is killed when its grace is over', async () => {
  await supervisor.start(service('worker', STUBBORN, 100));
  const pid = supervisor.pidOf('worker') as number;
  await supervisor.stop([['worker']]);
  expect(isAlive(pid)).toBe(false);
});

test('a child that keeps ending fails the start with the last lines of its log', async () => {
  await expect(supervisor.start(service('api', FAILING))).rejects.toThrow(/api keeps ending[\s\S]*the reason why/);
});

test('a child that ends again and again is told of once, and started on and on while the others run', async () => {
  const dying = `if (require('node:fs').existsSync(process.env.ENDS)) { ${FAILING} } else { ${STEADY} }`;
  await supervisor.start(service('worker', dying));
  await supervisor.start(service('api', STEADY));
  const api = supervisor.pidOf('api') as number;
  await appendFile(join(directory, 'ends'), '');
  process.kill(supervisor.pidOf('worker') as number, 'SIGKILL');
  const failures = () => events.filter((event) => event.startsWith('worker is not ready')).length;
  await poll(async () => expect(failures()).toBeGreaterThan(6), soon());
  const told = events.filter((event) => event.startsWith('worker keeps ending'));
  expect(told).toEqual([expect.stringMatching(/the reason why[\s\S]*started again every 0.02 s; the others go on/)]);
  await rm(join(directory, 'ends'));
  await poll(async () => expect(events).toContain('worker is ready again'), soon());
  expect(supervisor.pidOf('api')).toBe(api);
  expect(isAlive(api)).toBe(true);
});

test('what a killed supervisor leaves behind ends by itself', async () => {
  const module = join(process.cwd(), 'src/local/stack/servers/child.ts');
  const log = join(directory, 'orphan.log');
  const program = `{ name: 'orphan', command: 'sleep', args: ['600'], env: process.env, logFile: '${log}', graceMs: 1000, ipc: false }`;
  const script = `import(${JSON.stringify(module)}).then(({ startChild }) => startChild(${program})).then((child) => console.log(child.pid))`;
  const parent = spawn('node', ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = await once(parent.stdout, 'data');
  const orphan = Number(String(printed));
  expect(isAlive(orphan)).toBe(true);
  parent.kill('SIGKILL');
  await poll(async () => expect(isAlive(orphan)).toBe(false), soon());
});
