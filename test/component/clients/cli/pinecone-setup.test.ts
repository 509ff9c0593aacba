import { type ControlPlane, startControlPlane } from '../../../support/pinecone-control-plane.ts';
import { runAsk } from '../../../support/run-ask.ts';

let plane: ControlPlane;
beforeEach(async () => {
  plane = await startControlPlane('good-key');
});
afterEach(() => plane.close());

const setup = (args: string[] = [], key = 'good-key') =>
  runAsk(['pinecone', 'setup', ...args], { PINECONE_API_KEY: key, PINECONE_CONTROLLER_HOST: plane.url });

test('both indexes are made with integrated inference over the text of a passage, once', async () => {
  const { code, stdout } = await setup();
  expect(code).toBe(0);
  expect(stdout).toContain('PINECONE_INDEX_HOST=ask-dense-abc.svc.pinecone.io');
  expect(stdout).toContain('PINECONE_SPARSE_INDEX_HOST=ask-sparse-abc.svc.pinecone.io');
  expect((await setup()).code).toBe(0);
  const place = { cloud: 'aws', region: 'us-east-1' };
  expect(plane.created).toEqual([
    {
      name: 'ask-dense',
      ...place,
      embed: { model: 'multilingual-e5-large', metric: 'cosine', field_map: { text: 'text' } },
    },
    {
      ...{ name: 'ask-sparse', ...place },
      embed: { model: 'pinecone-sparse-english-v0', metric: 'dotproduct', field_map: { text: 'text' } },
    },
  ]);
}, 30_000);

test('an index that is there with another model or region is a conflict, and is left as it is', async () => {
  await setup();
  const { code, stdout } = await setup(['--dense-model', 'llama-text-embed-v2', '--region', 'eu-west-1', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ready: false,
    indexes: [
      { state: 'conflict', problems: [expect.stringContaining('model'), expect.stringContaining('region')] },
      { state: 'conflict', problems: [expect.stringContaining('region')] },
    ],
  });
  expect(plane.created).toHaveLength(2);
}, 30_000);

test('a key that Pinecone refuses is said in one line', async () => {
  const { code, stderr } = await setup([], 'bad-key');
  expect(code).toBe(1);
  expect(stderr).toContain('HTTP 401');
  expect(stderr).toContain('PINECONE_API_KEY');
}, 30_000);
