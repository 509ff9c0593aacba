import type { IndexModel, ServingIndex } from '../../../../src/domain/library/search-index.ts';
import { createSearchDescriber } from '../../../../src/use-cases/library/describe-search.ts';

const LOCAL: ServingIndex = { target: 'local', generation: '', model: null, minScore: null };
const describe = (serving: ServingIndex, now: IndexModel['model'] | Error) => {
  const state = { serving, building: null, retiring: [] };
  const answer = async () => {
    if (now instanceof Error) throw now;
    return { model: now, minScore: 0 };
  };
  return createSearchDescriber({ recent: async () => state }, { describe: answer })(null);
};

test.each([
  ['its model', { ...LOCAL, model: 'bge' }, 'bge', { index: 'local', model: 'bge', hashedWords: false }],
  ['the model of a new index', LOCAL, 'bge', { index: 'local', model: 'bge', hashedWords: false }],
  ['no model', LOCAL, 'hashed-words', { index: 'local', model: 'hashed-words', hashedWords: true }],
  [
    'a model that is gone',
    { ...LOCAL, model: 'bge' },
    'hashed-words',
    { index: 'local', model: 'bge', hashedWords: true },
  ],
  [
    'Pinecone',
    { ...LOCAL, target: 'pinecone' as const },
    new Error(),
    { index: 'pinecone', model: null, hashedWords: false },
  ],
  ['a local index that is away', LOCAL, new Error('away'), null],
])('%s', async (_, serving, now, expected) => {
  expect(await describe(serving, now)).toEqual(expected);
});
