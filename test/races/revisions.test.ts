import type { Owned } from '../../src/domain/access/tenant.ts';
import { dateRecording } from '../../src/use-cases/library/date-recording.ts';
import { reviseRecording } from '../../src/use-cases/library/revise-recording.ts';
import { anAnswer, aQuestion, aRecording, aSession, ids } from '../stack/adapters/mongo/fixtures.ts';
import { anEndUser, type Race, type Side, startRace } from './sides.ts';

let race: Race;
let one: Side;
beforeAll(async () => {
  race = await startRace();
  one = await race.side();
});
afterAll(() => race?.close());

/** What people say of a thing: each makes one and returns its id, and what says something new of it. */
const REVISIONS: Record<string, (owner: Owned) => Promise<{ id: string; revise(text: string): Promise<unknown> }>> = {
  sessions: async (owner) => {
    const { id } = aSession(owner);
    await race.stores.sessions.create({ ...aSession(owner), id });
    return { id, revise: (text) => one.stores.sessions.rename(owner, id, text) };
  },
  recordings: async (owner) => {
    const { id } = await race.stores.recordings.create(aRecording(owner));
    return { id, revise: (name) => one.stores.recordings.revise(owner, id, () => ({ name })) };
  },
  end_users: async (owner) => ({
    id: owner.endUserId,
    revise: (name) => one.stores.endUsers.revise(owner, owner.endUserId, { name }),
  }),
};

test.each(Object.keys(REVISIONS))(
  'what is said of one of %s stands though an update beside it wrote it over',
  async (name) => {
    const { id, revise } = await (REVISIONS[name] as (typeof REVISIONS)[string])(await anEndUser(race));
    const collection = race.connection.collection<{ _id: string }>(name);
    const hold = one.hold({ command: 'update', collection: name, about: id, until: 'reply' });
    const before = await collection.findOne({ _id: id });
    const revising = revise('Said anew');
    await hold.reached;
    await collection.replaceOne({ _id: id }, { ...before });
    hold.release();
    const told = JSON.stringify(await revising);
    expect([told, JSON.stringify(await collection.findOne({ _id: id }))]).toEqual([
      expect.stringContaining('Said anew'),
      expect.stringContaining('Said anew'),
    ]);
  },
);

test('an answer that is stored while its session is renamed stays in the count, though the new name was written over it', async () => {
  const owner = await anEndUser(race);
  const session = aSession(owner);
  await race.stores.sessions.create(session);
  const sessions = race.connection.collection<{ _id: string }>('sessions');
  const before = await sessions.findOne({ _id: session.id });
  const hold = one.hold({ command: 'update', collection: 'sessions', about: session.id, until: 'reply' });
  const renaming = one.stores.sessions.rename(owner, session.id, 'Said anew');
  await hold.reached;
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), aQuestion());
  const answer = await race.stores.sessions.recordAnswer(owner, message, anAnswer(session.id));
  await sessions.replaceOne({ _id: session.id }, { ...before, title: 'Said anew' });
  hold.release();
  const told = { title: 'Said anew', messageCount: 2, lastMessageAt: answer.createdAt, lastModel: answer.model };
  expect(await renaming).toMatchObject(told);
  expect(await race.stores.sessions.find(owner, session.id)).toMatchObject(told);
});

describe('two dates of a recording that are said at once, each of them right alone', () => {
  const libraryGateway = { startRedating: async () => {} };
  const [early, late] = ['2026-05-12T09:00:00.000Z', '2026-05-13T09:00:00.000Z'];
  const beginsLate = () => ({ startedAt: late });
  const endsEarly = () => ({ endedAt: early });

  test.each([
    ['start', beginsLate, endsEarly],
    ['end', endsEarly, beginsLate],
  ])('the %s is held: it is refused, and the recording does not end before it starts', async (_, held, other) => {
    const owner = await anEndUser(race);
    const recording = await race.stores.recordings.create(aRecording(owner));
    const hold = one.hold({ command: 'update', collection: 'recordings', about: recording.id });
    const revising = reviseRecording({ ...one.stores, libraryGateway }, recording, held);
    await hold.reached;
    await reviseRecording({ ...race.stores, libraryGateway }, recording, other);
    hold.release();
    await expect(revising).rejects.toMatchObject({ kind: 'invalid_request' });
    const dates = { startedAt: null, endedAt: null, ...other() };
    expect(await race.stores.recordings.find(owner, recording.id)).toMatchObject(dates);
  });

  test('that of a transcript gives way', async () => {
    const owner = await anEndUser(race);
    const recording = await race.stores.recordings.create(aRecording(owner));
    const hold = one.hold({ command: 'update', collection: 'recordings', about: recording.id });
    const dating = dateRecording({ ...one.stores, libraryGateway }, recording, late);
    await hold.reached;
    await reviseRecording({ ...race.stores, libraryGateway }, recording, endsEarly);
    hold.release();
    await dating;
    expect(await race.stores.recordings.find(owner, recording.id)).toMatchObject({ startedAt: null, endedAt: early });
  });
});

describe('the date that a transcript says', () => {
  const libraryGateway = { startRedating: async () => {} };
  const [ofTranscript, ofPerson] = ['2026-05-12T09:00:00.000Z', '2026-05-13T09:00:00.000Z'];

  test('does not replace one that somebody says meanwhile', async () => {
    const owner = await anEndUser(race);
    const recording = await race.stores.recordings.create(aRecording(owner));
    const hold = one.hold({ command: 'update', collection: 'recordings', about: recording.id });
    const dating = dateRecording({ ...one.stores, libraryGateway }, recording, ofTranscript);
    await hold.reached;
    await reviseRecording({ ...race.stores, libraryGateway }, recording, () => ({ startedAt: ofPerson }));
    hold.release();
    await dating;
    expect(await race.stores.recordings.find(owner, recording.id)).toMatchObject({ startedAt: ofPerson });
  });

  test('stands where nobody says one', async () => {
    const owner = await anEndUser(race);
    const recording = await race.stores.recordings.create(aRecording(owner));
    await dateRecording({ ...race.stores, libraryGateway }, recording, ofTranscript);
    expect(await race.stores.recordings.find(owner, recording.id)).toMatchObject({ startedAt: ofTranscript });
  });
});
