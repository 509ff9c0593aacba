import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { parseArgs, styleText } from 'node:util';

/** What is too long for CI, one after another: `npm run verify`, or `npm run verify -- chaos eval` for some of it. */
const CHECKS: Record<string, readonly string[]> = {
  compose: ['docker', 'compose', '--project-name', 'ask-verify', 'up', '--build', '--wait'],
  kubernetes: ['node', 'test/tools/verify/kubernetes.ts'],
  chaos: ['npm', 'run', 'test:chaos'],
  topology: ['npm', 'test', '--', 'test/stack/topology'],
  races: ['npm', 'run', 'verify:races'],
  eval: ['npm', 'run', 'eval'],
  bench: ['npm', 'run', 'bench'],
  'bench-scale': ['npm', 'run', 'bench:scale'],
  'bench-size': ['npm', 'run', 'bench:size'],
  'bench-cost': ['npm', 'run', 'bench:cost'],
  'bench-reading': ['npm', 'run', 'bench:reading'],
  'bench-import': ['npm', 'run', 'bench:import'],
  'bench-large-imports': ['npm', 'run', 'bench:large-imports'],
  'bench-removal': ['npm', 'run', 'bench:removal'],
  soak: ['npm', 'run', 'bench:soak'],
  'bench-topology': ['npm', 'run', 'bench:topology'],
};
/** The compose file insists on these; the containers live as long as the check. */
const SECRETS = ['POSTGRES_PASSWORD', 'MONGO_ROOT_PASSWORD', 'MONGO_ASK_PASSWORD', 'MONGO_REPLICA_KEY'];
const COMPOSE_DOWN = ['compose', '--project-name', 'ask-verify', 'down', '--volumes'];

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.filter((name) => CHECKS[name] === undefined);
if (unknown.length > 0)
  throw new Error(`no such check: ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}`);
const wanted = positionals.length > 0 ? positionals : Object.keys(CHECKS);

const lines: string[] = [];
for (const name of wanted) lines.push(await check(name, CHECKS[name] ?? []));
process.stdout.write(`\nVerified ${new Date().toISOString()} on Node ${process.version}\n${lines.join('\n')}\n`);

async function check(name: string, [command = '', ...args]: readonly string[]): Promise<string> {
  if (name === 'compose' && spawnSync('docker', ['info']).status !== 0) return `${name}: skipped, no container engine`;
  process.stdout.write(styleText('bold', `\n== ${name}\n`));
  const start = performance.now();
  const code = await run(command, args);
  if (name === 'compose') await run('docker', COMPOSE_DOWN);
  if (code !== 0) process.exitCode = 1;
  return `${name}: ${code === 0 ? 'passed' : 'failed'} in ${Math.round((performance.now() - start) / 1_000)} s`;
}

/** @returns how it ended, as a shell tells it. */
function run(command: string, args: readonly string[]): Promise<number> {
  const env = { ...Object.fromEntries(SECRETS.map((secret) => [secret, 'verify-verify'])), ...process.env };
  const child = spawn(command, args, { stdio: 'inherit', env });
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
