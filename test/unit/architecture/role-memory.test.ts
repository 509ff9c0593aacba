import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../../../src/runtime/tuning.ts';

const text = (file: string) => readFileSync(join(process.cwd(), file), 'utf8');
/** Everything that starts a role where no code of this tree does. */
const STARTERS = [
  'package.json',
  'deploy/Dockerfile',
  'docker-compose.yml',
  'deploy/kubernetes/base/worker.yaml',
  'deploy/kubernetes/base/retrieval.yaml',
];

test.each([
  ['package.json', '"node src/roles/launch.ts api"'],
  ['package.json', '"node src/roles/launch.ts worker"'],
  ['deploy/Dockerfile', '["node", "dist/src/roles/launch.js", "api"]'],
  ['docker-compose.yml', '[node, dist/src/roles/launch.js, worker]'],
  ['deploy/kubernetes/base/worker.yaml', '[node, dist/src/roles/launch.js, worker]'],
  ['package.json', '"node src/roles/launch.ts retrieval-server"'],
  ['docker-compose.yml', '[node, dist/src/roles/launch.js, retrieval-server]'],
  ['deploy/kubernetes/base/retrieval.yaml', '[node, dist/src/roles/launch.js, retrieval-server]'],
])('%s starts a role by the launcher: %s', (file, command) => {
  expect(text(file)).toContain(command);
});

test.each(STARTERS)('%s sets no limit of its own, and starts no role without the launcher', (file) => {
  const knobs = [...HEAP_FLAGS.map((flag) => flag.split('=')[0] as string), ...Object.keys(MALLOC_ENVIRONMENT)];
  expect(knobs.filter((knob) => text(file).includes(knob))).toEqual([]);
  expect(text(file)).not.toMatch(/roles\/(?:api|worker|retrieval-server)\.[jt]s/);
});
