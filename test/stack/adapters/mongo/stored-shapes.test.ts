import { readdirSync, readFileSync } from 'node:fs';
import mongoose, { type Connection } from 'mongoose';
import { z } from 'zod';
import { id, owner } from '../../../../src/adapters/mongo/collections/stored-fields.ts';
import { drop, freshDatabase, storesOf } from './fixtures.ts';

/**
 * Documents as each release stored them, each shape once, in `shapes/RELEASE/COLLECTION.json`. Nobody may change them,
 * because later releases must read them. Those of 0.1.0 come from the database in `test/stack/local/stack/state-0.1.0`. Claims of
 * idempotency keys and slots of the rate limit live for a day and are left out.
 */
const SHAPES = 'test/stack/adapters/mongo/shapes';
const ANY_ID = z.object({ _id: z.string() });
const owned = z.object(owner);
const inSession = z.object({ ...owner, sessionId: id('as') });
const inTranscription = z.object({ ...owner, transcriptionId: id('txn') });
const idOf = <P extends Parameters<typeof id>[0]>(prefix: P, document: unknown) =>
  z.object({ _id: id(prefix) }).parse(document)._id;

/** Reads a document as the service does. @returns what was read, and what of the document must be in it */
const READS: Record<string, (stores: ReturnType<typeof storesOf>, document: unknown) => Promise<[unknown, unknown]>> = {
  projects: async ({ projects }, document) => {
    const _id = idOf('prj', document);
    return [await projects.find(_id), { id: _id, name: 'demo' }];
  },
  keys: async ({ keys }, document) => {
    const { projectId, hint } = z.object({ projectId: id('prj'), hint: z.string() }).parse(document);
    return [await keys.list({ projectId }), [{ projectId, hint }]];
  },
  key_uses: async ({ keys }, document) => {
    const { lastUsedAt } = z.object({ lastUsedAt: z.string() }).parse(document);
    return [await keys.list({}), [{ lastUsedAt }]];
  },
  end_users: async ({ endUsers }, document) => {
    const _id = idOf('eu', document);
    return [await endUsers.find(owned.parse(document), _id), { id: _id, externalId: 'demo' }];
  },
  recordings: async ({ recordings }, document) => {
    const _id = idOf('rec', document);
    const { name } = z.object({ name: z.string() }).parse(document);
    return [await recordings.find(owned.parse(document), _id), { id: _id, name }];
  },
  transcriptions: async ({ transcripts }, document) => {
    const { recordingId } = z.object({ recordingId: id('rec') }).parse(document);
    const _id = idOf('txn', document);
    return [await transcripts.find(owned.parse(document), _id), { id: _id, recordingId }];
  },
  segment_pages: async ({ transcripts }, document) => {
    const { transcriptionId, ...tenant } = inTranscription.parse(document);
    const { segments } = z.object({ segments: z.array(z.looseObject({ text: z.string() })) }).parse(document);
    return [await transcripts.segments(tenant, transcriptionId), segments];
  },
  chunks: async ({ transcripts }, document) => {
    const _id = idOf('chk', document);
    const { text } = z.object({ text: z.string() }).parse(document);
    return [await transcripts.chunks(owned.parse(document), [_id]), [{ id: _id, text }]];
  },
  sessions: async ({ sessions }, document) => {
    const _id = idOf('as', document);
    const { title } = z.object({ title: z.string() }).parse(document);
    return [await sessions.find(owned.parse(document), _id), { id: _id, title }];
  },
  messages: async ({ sessions }, document) => {
    const { sessionId, ...tenant } = inSession.parse(document);
    const { content, position } = z.object({ content: z.string(), position: z.number() }).parse(document);
    const { items } = await sessions.listMessages(tenant, sessionId, { limit: 1, after: position - 1 });
    return [items, [{ id: idOf('msg', document), content }]];
  },
  turns: async ({ sessions }, document) => {
    const { sessionId, ...tenant } = inSession.parse(document);
    const { status } = z.object({ status: z.string() }).parse(document);
    return [await sessions.findTurn(tenant, sessionId, idOf('trn', document)), { status }];
  },
  conversations: async ({ sessions }, document) => {
    const question = expect.any(String);
    return [await sessions.recentTurns(owned.parse(document), idOf('as', document)), [{ question }]];
  },
  feed_batches: async ({ feed }, document) => {
    const { turnId, last } = z.object({ turnId: id('trn'), last: z.boolean() }).parse(document);
    const place = Number(ANY_ID.parse(document)._id.split('/')[1]);
    return [await feed.read(owned.parse(document), turnId, place), { last }];
  },
  tombstones: async ({ recordings }, document) => {
    const { endUserId, ...tenant } = owned.parse(document);
    const ids = await recordings.idsOf({ ...tenant, endUserId }, endUserId);
    return [ids, expect.arrayContaining([idOf('rec', document)])];
  },
};

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

describe.each(readdirSync(SHAPES))('documents of %s', (release) => {
  const collections = readdirSync(`${SHAPES}/${release}`).map((file) => file.replace('.json', ''));
  const documentsOf = (collection: string) => {
    const text = readFileSync(`${SHAPES}/${release}/${collection}.json`, 'utf8');
    return z.array(ANY_ID.loose()).parse(mongoose.mongo.BSON.EJSON.parse(text));
  };

  beforeAll(async () => {
    await connection.dropDatabase();
    for (const name of collections) {
      await connection.collection<z.infer<typeof ANY_ID>>(name).insertMany(documentsOf(name));
    }
  });

  test.each(collections)('%s can be read', async (collection) => {
    const documents = documentsOf(collection);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) {
      const [read, expected] = (await READS[collection]?.(stores, document)) ?? [null, {}];
      expect(read).toMatchObject(Object(expected));
    }
  });
});
