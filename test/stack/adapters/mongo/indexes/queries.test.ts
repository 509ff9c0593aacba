import type { Connection } from 'mongoose';
import { z } from 'zod';
import { COLLECTIONS } from '../../../../../src/adapters/mongo/collections/table.ts';
import { createStores } from '../../../../../src/adapters/mongo/stores.ts';
import { questionIdOf } from '../../../../../src/domain/shared/ids.ts';
import { systemClock } from '../../../../../src/runtime/clock-and-ids.ts';
import {
  anAnswer,
  anOwner,
  aQuestion,
  aRecording,
  aSession,
  aTranscription,
  drop,
  ids,
  watchedDatabase,
} from '../fixtures.ts';

/** Every query that the stores issue, as the driver sends it. */

const query = z.object({ filter: z.record(z.string(), z.unknown()), sort: z.record(z.string(), z.number()) });
type Query = z.infer<typeof query> & { collection: string };

let connection: Connection;
let stores: ReturnType<typeof createStores>;
const sent: Query[] = [];
beforeAll(async () => {
  connection = await watchedDatabase();
  stores = createStores(connection, { clock: systemClock });
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    sent.push(...queriesOf(commandName, command));
  });
});
afterAll(() => drop(connection));

const command = z.looseObject({
  find: z.string().optional(),
  filter: z.record(z.string(), z.unknown()).default({}),
  sort: z.unknown().optional(),
  update: z.string().optional(),
  updates: z.array(z.looseObject({ q: z.record(z.string(), z.unknown()) })).default([]),
  delete: z.string().optional(),
  deletes: z.array(z.looseObject({ q: z.record(z.string(), z.unknown()) })).default([]),
});

function queriesOf(name: string, raw: unknown): Query[] {
  const { find, filter, sort, update, updates, delete: remove, deletes } = command.parse(raw);
  if (name === 'find' && find !== undefined) return [{ collection: find, filter, sort: sortOf(sort) }];
  const statements = name === 'update' ? updates : name === 'delete' ? deletes : [];
  return statements.map(({ q }) => ({ collection: update ?? remove ?? '', filter: q, sort: {} }));
}

function sortOf(sort: unknown): Record<string, number> {
  const pairs = sort instanceof Map ? Object.fromEntries(sort) : (sort ?? {});
  return z.record(z.string(), z.number()).parse(pairs);
}

async function queriesDuring(work: () => Promise<unknown>): Promise<Query[]> {
  sent.length = 0;
  await work();
  return [...sent];
}

const byId = z.strictObject({ _id: z.union([z.string(), z.strictObject({ $in: z.array(z.string()) })]) });
const isById = ({ filter }: Query) => byId.safeParse(filter).success;

/** Fields compared for equality, anywhere in an `$and`. */
function equalities(filter: Record<string, unknown>): string[] {
  return Object.entries(filter).flatMap(([field, value]) => {
    if (field === '$and') return z.array(z.record(z.string(), z.unknown())).parse(value).flatMap(equalities);
    return field.startsWith('$') || (typeof value === 'object' && value !== null) ? [] : [field];
  });
}

/** Serves it: a prefix of equalities, then the sort; or, without a sort, at least the first field. */
function isServed({ collection, filter, sort }: Query): boolean {
  const equal = new Set(equalities(filter));
  const sorted = Object.entries(sort);
  if (equal.has('_id')) return true;
  const { indexes = [] } = Object.values(COLLECTIONS).find(({ name }) => name === collection) ?? {};
  return indexes.some(({ keys }) => {
    const fields = Object.entries(keys);
    const prefix = fields.findIndex(([field]) => !equal.has(field));
    const rest = fields.slice(prefix === -1 ? fields.length : prefix);
    if (sorted.length > 0) return prefix !== 0 && sorted.every(([f, d], i) => rest[i]?.[0] === f && rest[i]?.[1] === d);
    return prefix !== 0 || fields[0]?.[0] === Object.keys(filter)[0];
  });
}

async function aLibrary() {
  const owner = anOwner();
  const { secret } = await stores.keys.create({ ...owner, scopes: null, createdBy: null });
  const recording = await stores.recordings.create(aRecording(owner));
  const transcription = await stores.transcripts.create(aTranscription(recording), [
    [{ startMs: 0, endMs: 1, text: 'Hello.', speaker: null, confidence: null }],
  ]);
  return { owner, secret, recording, transcription };
}

test('everything that a turn does reads and writes by _id alone', async () => {
  const { owner, secret, recording, transcription } = await aLibrary();
  const { sessions, transcripts, recordings, keys, idempotency } = stores;
  const queries = await queriesDuring(async () => {
    await keys.authenticate(secret);
    const { id } = await idempotency.claim(owner, 'k', 'f');
    await idempotency.complete(id);
    const session = aSession(owner);
    await sessions.create(session);
    const turnId = ids.next('trn');
    const question = aQuestion({ id: questionIdOf(turnId) });
    for (let again = 0; again < 2; again++) {
      await sessions.find(owner, session.id);
      const { message } = await sessions.recordQuestion(owner, session.id, turnId, question);
      await recordings.find(owner, recording.id);
      await recordings.findAll(owner, [recording.id, ids.next('rec')]);
      await transcripts.find(owner, transcription.id);
      await transcripts.segments(owner, transcription.id);
      await transcripts.chunks(owner, [ids.next('chk'), ids.next('chk')]);
      await sessions.recordAnswer(owner, message, anAnswer(session.id));
      await sessions.findTurn(owner, session.id, turnId);
      await sessions.findQuestion(owner, session.id, question.id);
      await sessions.findAnswer(owner, session.id, question.id);
    }
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion({ content: 'More?' }));
    await sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion({ content: 'More?' }));
    await sessions.recordAttempt(owner, session.id, turnId, { attempt: 2, generation: 2 });
    const turn = await sessions.findTurn(owner, session.id, turnId);
    if (turn !== null) await sessions.recordFailure(owner, turn);
  });
  expect(queries.length).toBeGreaterThan(50);
  expect(queries.filter((each) => !isById(each))).toEqual([]);
});

test('every other query has its index', async () => {
  const { owner, recording, transcription } = await aLibrary();
  const { sessions, endUsers, recordings, dateChanges, transcripts, imports, keys, projects, idempotency } = stores;
  const project = { ...owner, endUserId: null };
  const session = aSession(owner);
  await sessions.create(session);
  const first = { limit: 1, after: null };
  const queries = await queriesDuring(async () => {
    for (const tenant of [owner, project]) {
      const after = { activityAt: session.createdAt, id: session.id };
      await sessions.list(tenant, {}, first);
      await sessions.list(tenant, { scopeType: 'library', titleContains: 'x' }, { limit: 1, after });
      await sessions.list(tenant, { recordingId: recording.id }, { limit: 1, after });
      await sessions.list(tenant, { endUserId: owner.endUserId }, { limit: 1, after });
      await sessions.listMessages(tenant, session.id, { limit: 1, after: 3 });
      await sessions.idsFor(tenant, { endUserId: owner.endUserId });
      await sessions.idsFor(tenant, { recordingId: recording.id });
      await sessions.purgeSources(tenant, recording.id);
      await endUsers.list(tenant, {}, { limit: 1, after: owner.endUserId });
      await endUsers.list(tenant, { externalId: 'x' }, first);
      await endUsers.purge(tenant, owner.endUserId);
      await recordings.list(tenant, {}, { limit: 1, offset: 1 });
      await recordings.list(tenant, { endUserId: owner.endUserId }, { limit: 1, offset: 1 });
      for (const order of ['created_at', 'recorded_at'] as const) {
        const after = { ...recording, startedAt: '2026-01-01T00:00:00.000Z' };
        await recordings.list(tenant, { nameContains: 'x', status: 'failed' }, { limit: 1, order, after });
        await recordings.list(tenant, { externalId: 'x' }, { limit: 1, order });
      }
      await dateChanges.list(owner, recording.id);
      await dateChanges.list(owner);
      await recordings.idsOf(tenant, owner.endUserId);
      await recordings.purge(tenant, recording.id);
      await transcripts.idsOf(tenant, recording.id);
      await transcripts.chunkIdsOf(tenant, transcription.id);
      await transcripts.purgeWords(tenant, transcription.id);
      await transcripts.purgeAll(tenant, recording.id);
      await imports.statesOf(tenant, recording.id);
    }
    for (const tenant of [owner, project]) await sessions.purge(tenant, session.id);
    await keys.list({ projectId: owner.projectId });
    await keys.revoke(ids.next('key'));
    await projects.findByName('demo');
    await idempotency.removeExpired(new Date());
  });
  expect(queries.length).toBeGreaterThan(50);
  expect(queries.filter((each) => !isServed(each))).toEqual([]);
});
