import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { RecordIndex } from '../../../src/retrieval-server/record-index.ts';
import { RecordStore } from '../../../src/retrieval-server/store/record-store.ts';
import { SPARSE_MODELS } from '../../../src/retrieval-server/text-models.ts';

class CountingStore extends RecordStore {
  loads = 0;
  override digestsOf(namespace: number) {
    this.loads++;
    return super.digestsOf(namespace);
  }
}

test('a namespace that nobody uses leaves the memory, and is read anew when it is searched', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'ask-idle-'));
  const store = new CountingStore(join(dir, 'records.sqlite'));
  const index = new RecordIndex(store, SPARSE_MODELS, 1);
  try {
    await index.upsert('library', [{ id: 'a', fields: { text: 'the launch', speaker: 'Ana' } }]);
    const find = async () => (await index.search('library', 'launch', 10)).map(({ id }) => id);
    expect(await find()).toEqual(['a']);
    while (store.loads < 2) {
      await setTimeout(20);
      expect(await find()).toEqual(['a']);
    }
  } finally {
    await index.close();
    await rm(dir, { recursive: true });
  }
});
