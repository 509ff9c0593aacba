import { eraseSession } from '../../../activities/library/erase.ts';
import type { Owned } from '../../../src/domain/access/tenant.ts';
import { aQuestion, aRecording, aSession, ids } from '../../stack/adapters/mongo/fixtures.ts';
import { anEndUser, leftOf, type Race, type Side, startRace } from '../sides.ts';
import { aScene, eraseEverythingOf, eraseRecordingOf, eraserOf } from './erasing.ts';

let race: Race;
let repeat: Side;
beforeAll(async () => {
  race = await startRace();
  repeat = await race.side();
});
afterAll(() => race?.close());

interface Made {
  collection: string;
  id: string;
  create(by: Pick<Side, 'stores'>): Promise<unknown>;
  erase(): Promise<void>;
}

/** What a request creates, under an id that follows from its `Idempotency-Key`. */
const CREATED: Record<string, (owner: Owned) => Made> = {
  'an end user': (owner) => {
    const id = ids.next('eu');
    const { projectId, mode } = owner;
    const about = { externalId: null, name: null, metadata: {}, createdAt: '2026-01-01T00:00:00.000Z' };
    return {
      ...{ collection: 'end_users', id },
      create: ({ stores }) => stores.endUsers.create({ id, projectId, mode, ...about }),
      erase: () => eraseEverythingOf(race, { ...owner, endUserId: id }),
    };
  },
  'a recording': (owner) => {
    const recording = aRecording(owner);
    return {
      ...{ collection: 'recordings', id: recording.id },
      create: ({ stores }) => stores.recordings.create(recording),
      erase: () => eraseRecordingOf(race, { owner, recording }),
    };
  },
  'a session': (owner) => {
    const session = aSession(owner);
    return {
      ...{ collection: 'sessions', id: session.id },
      create: ({ stores }) => stores.sessions.create(session),
      erase: () => eraseSession(eraserOf(race))({ tenant: owner, id: session.id }),
    };
  },
};

describe('what was created and deleted while a repeat of its request was on its way does not come back', () => {
  test.each(Object.entries(CREATED))('%s', async (_name, aThing) => {
    const { collection, id, create, erase } = aThing(await anEndUser(race));
    const hold = repeat.hold({ command: 'insert', collection, about: id });
    const repeated = create(repeat).catch((error: { kind?: string }) => error.kind);
    await hold.reached;
    await create(race);
    await erase();
    hold.release();
    expect(await repeated).toBe('not_found');
    expect(await race.connection.collection<{ _id: string }>(collection).findOne({ _id: id })).toBeNull();
  });
});

test('a recording that stands is left to the erasure of its end user by whoever would change it', async () => {
  const owner = await anEndUser(race);
  const named = { ...aRecording(owner), externalId: 'crm-1' };
  const { item } = await race.stores.recordings.createNamed(named);
  await race.stores.endUsers.hide(owner, owner.endUserId);
  const again = { ...aRecording(owner), externalId: 'crm-1' };
  await expect(repeat.stores.recordings.createNamed(again)).rejects.toMatchObject({ kind: 'not_found' });
  expect(await race.stores.recordings.idsOf(owner, owner.endUserId)).toEqual([item.id]);
  await eraseEverythingOf(race, owner);
  expect(await leftOf(race, owner)).toEqual({});
});

test('the messages of a session that is deleted while they are read are not taken for all of them', async () => {
  const { owner, session } = await aScene(race);
  await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const hold = repeat.hold({ command: 'find', collection: 'messages', about: session.id });
  const reading = repeat.stores.sessions.listMessages(owner, session.id, { limit: 10, after: null });
  const outcome = reading.catch((error: { kind?: string }) => error.kind);
  await hold.reached;
  await eraseSession(eraserOf(race))({ tenant: owner, id: session.id });
  hold.release();
  expect(await outcome).toBe('not_found');
});
