import { readFileSync } from 'node:fs';
import { withoutModelKeys } from '../../../src/runtime/config.ts';

test('an environment without the keys of models keeps all else', () => {
  const keys = { OPENAI_API_KEY: 'a', ANTHROPIC_API_KEY: 'b', GEMINI_API_KEY: 'c' };
  const rest = { PINECONE_API_KEY: 'd', OPENAI_MODEL: 'e' };
  expect(withoutModelKeys({ ...keys, ...rest })).toEqual(rest);
});

test('only the manifest of the worker reads the secret with the keys of models', () => {
  const reads = (name: string) => readFileSync(`deploy/kubernetes/base/${name}.yaml`, 'utf8').includes('ask-models');
  expect(['worker', 'api', 'setup'].map(reads)).toEqual([true, false, false]);
});
