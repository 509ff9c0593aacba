import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { COLLECTIONS } from '../../../../../src/adapters/mongo/collections/table.ts';
import { isFerretDb } from '../../../../../src/adapters/mongo/ferretdb.ts';
import { drop, freshDatabase } from '../fixtures.ts';

/** What the patch of FerretDB answers from an index; MongoDB does the same by itself. */

interface Document {
  _id: string;
  [field: string]: unknown;
}

let connection: Connection;
beforeAll(async () => {
  connection = await freshDatabase();
});
afterAll(() => drop(connection));

const collection = (name: string) => connection.collection<Document>(name);
const [A, B, C] = ['rec_a', 'rec_b', 'rec_c'];
const owner = { projectId: 'prj_1', mode: 'test', endUserId: 'eu_1' };

const owned: [string, Record<string, string>][] = [
  ['messages', { _id: 'msg_1' }],
  ['messages', { sessionId: 'as_1' }],
  ['turns', { sessionId: 'as_1' }],
  ['feed_batches', { sessionId: 'as_1' }],
  ['feed_listeners', { sessionId: 'as_1' }],
  ['segment_pages', { transcriptionId: 'txn_1' }],
  ['chunks', { transcriptionId: 'txn_1' }],
  ['chunks', { recordingId: A }],
  ['imports', { recordingId: A }],
  ['transcriptions', { recordingId: A }],
  ['messages', { 'sources.recordingId': A }],
  ['sessions', { recordingIds: A }],
  ['tombstones', { recordingIds: A }],
];

const ofAnEndUser = Object.values(COLLECTIONS)
  .filter(({ erasedWith }) => ['session', 'transcription', 'recording'].includes(erasedWith))
  .map(({ name }): [string, Record<string, string>] => [name, {}]);

test.each([...owned, ...ofAnEndUser])('removal from %s by %j reads an index', async (name, of) => {
  if (!(await isFerretDb(connection))) return;
  const plan = await collection(name)
    .find({ $and: [of, owner] })
    .explain();
  expect(JSON.stringify(plan.queryPlanner)).toMatch(/SEARCH \w+ USING INDEX/);
});

test.each(['recordings', 'sessions', 'end_users'])(
  'a list of %s reads what its project has stored alone',
  async (name) => {
    if (!(await isFerretDb(connection))) return;
    const { projectId, mode } = owner;
    const plan = await collection(name)
      .find({ $and: [{ name: { $regex: 'a' } }, { projectId, mode }] })
      .explain();
    expect(JSON.stringify(plan.queryPlanner)).toMatch(/SEARCH \w+ USING INDEX/);
  },
);

test('several documents are read by their ids from an index', async () => {
  if (!(await isFerretDb(connection))) return;
  const plan = await collection('recordings')
    .find({ _id: { $in: [A, B] } })
    .explain();
  expect(JSON.stringify(plan.queryPlanner)).toMatch(/SEARCH \w+ USING INDEX/);
});

/** In this form no index is asked. */
const unasked = (wanted: object) => ({ $or: [wanted] });

test('what an index answers is what a look at every document answers', async () => {
  const messages = collection('messages');
  const documents = fc.uniqueArray(
    fc.record({
      _id: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5'),
      projectId: fc.constantFrom('prj_1', 'prj_2'),
      endUserId: fc.constantFrom('eu_1', 'eu_2', null),
      sessionId: fc.constantFrom('as_1', 'as_2'),
      sources: fc.option(fc.array(fc.record({ recordingId: fc.constantFrom(A, B, C) }), { maxLength: 4 })),
    }),
    { selector: ({ _id }) => _id, minLength: 1 },
  );
  const property = fc.asyncProperty(documents, documents, async (first, then) => {
    await messages.deleteMany({});
    await messages.insertMany(first.map((document, position) => ({ ...document, position })));
    for (const { _id, sources } of then) await messages.updateOne({ _id }, { $set: { sources } });
    await messages.deleteOne({ _id: first[0]?._id ?? '', sessionId: 'as_1' });
    for (const wanted of [
      { sessionId: 'as_1' },
      { 'sources.recordingId': A },
      { projectId: 'prj_1', endUserId: 'eu_1' },
      { _id: 'm1', sessionId: 'as_2' },
      { 'sources.recordingId': B, sessionId: 'as_1' },
    ]) {
      expect(await idsOf({ $and: [wanted, { mode: { $exists: false } }] })).toEqual(await idsOf(unasked(wanted)));
    }
    for (const wanted of [{ _id: { $in: ['m1', 'm3', 'no'] } }, { _id: { $in: ['m2'] }, sessionId: 'as_1' }]) {
      expect(await idsOf(wanted)).toEqual(await idsOf(unasked(wanted)));
    }
  });
  await fc.assert(property, { numRuns: 25 });

  async function idsOf(filter: object): Promise<string[]> {
    const found = await messages.find(filter, { projection: { _id: 1 } }).toArray();
    return found.map(({ _id }) => _id).sort();
  }
}, 60_000);
