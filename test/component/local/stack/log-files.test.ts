import { appendFile, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotateAll } from '../../../../src/local/stack/state/log-files.ts';

let logs: string;
beforeAll(async () => {
  logs = await mkdtemp(join(tmpdir(), 'ask-logs-'));
});
afterAll(() => rm(logs, { recursive: true, force: true }));

test('a log that has grown large is set aside while its child goes on writing', async () => {
  const file = join(logs, 'api.log');
  const child = await open(file, 'a');
  await child.write('one\n'.repeat(10));
  await appendFile(join(logs, 'worker.log'), 'small\n');
  await rotateAll(logs, 30);
  await child.write('two\n');
  expect(await readFile(file, 'utf8')).toBe('two\n');
  expect(await readFile(`${file}.1`, 'utf8')).toBe('one\n'.repeat(10));
  expect(await readFile(join(logs, 'worker.log'), 'utf8')).toBe('small\n');
  await rotateAll(logs, 2);
  expect(await readFile(`${file}.1`, 'utf8')).toBe('two\n');
  await child.close();
});
