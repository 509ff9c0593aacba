import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordLog } from '../../../src/retrieval-server/record-log.ts';

let dir: string;
let file: string;
let log: RecordLog;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ask-record-log-'));
  file = join(dir, 'log.ndjson');
  log = new RecordLog(file);
  log.append([{ put: { id: 'a', fields: { text: 'one' } } }]);
});
afterEach(() => rm(dir, { recursive: true }));

const ids = () => [...log.load().keys()];
const damage = async (text: string) => writeFile(file, (await readFile(file, 'utf8')) + text);

test.each([
  ['a piece of a line', '{"put":{"id":"b","fie'],
  ['a piece with a line end', '{"put":{"id":"b","fie\n'],
  ['a whole line without its end', '{"put":{"id":"b","fields":{}}}'],
])('%s at the end is dropped, and the next change is kept', async (_what, text) => {
  await damage(text);
  expect(ids()).toEqual(['a']);
  log.append([{ put: { id: 'c', fields: { text: 'three' } } }]);
  expect(ids()).toEqual(['a', 'c']);
});

test('damage in the middle is told, with its place and the remedy', async () => {
  await damage('garbage\n{"put":{"id":"c","fields":{}}}\n');
  expect(ids).toThrow(/log\.ndjson is damaged at line 2\. Delete that line/);
});
