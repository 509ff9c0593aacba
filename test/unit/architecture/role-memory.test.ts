import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HEAP_FLAGS, MALLOC_ENVIRONMENT } from '../../../src/runtime/tuning.ts';

const text = (file: string) => readFileSync(join(process.cwd(), file), 'utf8');
const flags = HEAP_FLAGS.join(' ');

test.each([
  ['package.json', `node ${flags} src/roles/api.ts`],
  ['package.json', `node ${flags} src/roles/worker.ts`],
  ['deploy/Dockerfile', `["node", ${HEAP_FLAGS.map((flag) => `"${flag}"`).join(', ')}, "dist/src/roles/api.js"]`],
  [
    'deploy/Dockerfile',
    `ENV ${Object.entries(MALLOC_ENVIRONMENT)
      .map((entry) => entry.join('='))
      .join(' ')}`,
  ],
  ['docker-compose.yml', `[node, ${HEAP_FLAGS.join(', ')}, dist/src/roles/worker.js]`],
  ['deploy/kubernetes/base/worker.yaml', `[node, ${HEAP_FLAGS.join(', ')}, dist/src/roles/worker.js]`],
])('%s starts a role with the memory limits that were measured', (file, command) => {
  expect(text(file)).toContain(command);
});
