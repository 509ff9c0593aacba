import { createServer, type Server } from 'node:net';
import { choosePorts } from '../../../../src/local/stack/state/addresses.ts';
import { assertMayEmbed, findPartsToEmbed } from '../../../../src/local/stack/state/parts-to-embed.ts';
import { loadConfig } from '../../../../src/runtime/config.ts';

let taken: Server;
let port: number;
const before = process.env.PORT;

beforeAll(async () => {
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  if (before === undefined) delete process.env.PORT;
  else process.env.PORT = before;
  taken.close();
});

const none = { temporal: false, mongodb: false, sandbox: false };

test('a port that somebody fixed and that is in use is refused by its number', async () => {
  process.env.PORT = String(port);
  await expect(choosePorts(loadConfig(), none, () => undefined)).rejects.toThrow(`Port ${port} is in use`);
});

test('a usual port that is in use is named and another one taken', async () => {
  delete process.env.PORT;
  const said: string[] = [];
  const ports = await choosePorts({ ...loadConfig({}), PORT: port }, none, (line) => said.push(line));
  expect(ports.api).not.toBe(port);
  expect(said).toEqual([`port ${port} is in use; the API takes ${ports.api}`]);
});

test('only what has no address is embedded', () => {
  const config = loadConfig({
    ...{ MONGODB_URI: 'mongodb://db', OPENAI_API_KEY: 'k', PINECONE_API_KEY: 'p' },
    ...{ PINECONE_INDEX_HOST: 'https://dense.example', PINECONE_SPARSE_INDEX_HOST: 'https://sparse.example' },
  });
  expect(findPartsToEmbed(config)).toEqual({ temporal: true, mongodb: false, sandbox: false });
});

test('a local index that was kept here serves on until it was moved, also where Pinecone is set', () => {
  const pinecone = { PINECONE_API_KEY: 'p', PINECONE_INDEX_HOST: 'd.example', PINECONE_SPARSE_INDEX_HOST: 's.example' };
  const config = loadConfig({ OPENAI_API_KEY: 'k', ...pinecone });
  expect([findPartsToEmbed(config).sandbox, findPartsToEmbed(config, true).sandbox]).toEqual([false, true]);
  expect(findPartsToEmbed(loadConfig({ OPENAI_API_KEY: 'k', RETRIEVAL_URL: 'http://index' })).sandbox).toBe(false);
});

test('the sandbox stands in where there is a model but no Pinecone', () => {
  expect(findPartsToEmbed(loadConfig({ OPENAI_API_KEY: 'k' })).sandbox).toBe(true);
});

test('production with a part missing is refused with the setting to give', () => {
  expect(() => assertMayEmbed({ ...none, mongodb: true }, 'production')).toThrow(/MONGODB_URI/);
  expect(() => assertMayEmbed({ ...none, mongodb: true }, undefined)).not.toThrow();
  expect(() => assertMayEmbed(none, 'production')).not.toThrow();
});
