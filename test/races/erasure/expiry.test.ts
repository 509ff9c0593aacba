import { expiredSessions } from '../../../activities/ask/expired-sessions.ts';
import { eraseSession } from '../../../activities/library/erase.ts';
import { anAnswer, aQuestion, handClock, ids } from '../../stack/adapters/mongo/fixtures.ts';
import { leftOf, type Race, type Side, startRace } from '../sides.ts';
import { aScene, eraserOf, type Scene } from './erasing.ts';

let race: Race;
let maintenance: Side;
beforeAll(async () => {
  race = await startRace();
  maintenance = await race.side();
});
afterAll(() => race?.close());

const MUCH_LATER = handClock('2026-12-01T00:00:00.000Z');

/** A session that its project keeps no longer, as the hourly maintenance lists it. */
async function anExpiredSession() {
  const project = await race.stores.projects.create(ids.next('prj'));
  await race.stores.projects.update(project.id, { askRetentionDays: 30 });
  const scene = await aScene(race, { projectId: project.id });
  const list = expiredSessions({ ...race.stores, clock: MUCH_LATER, turnBudgetMs: 1 });
  const { sessions } = await list({ limit: 100 });
  const listed = sessions.find(({ id }) => id === scene.session.id);
  if (listed === undefined) throw new RangeError('the session has expired');
  const erase = ({ stores }: Pick<Side, 'stores'>) =>
    eraseSession({ ...eraserOf(race), ...stores })({ ...listed, onlyIfGone: true });
  return { ...scene, erase };
}

async function askIn({ owner, session }: Scene): Promise<void> {
  const asked = aQuestion({ createdAt: MUCH_LATER.now().toISOString() });
  const { message } = await race.stores.sessions.recordQuestion(owner, session.id, ids.next('trn'), asked);
  await race.stores.sessions.recordAnswer(owner, message, anAnswer(session.id));
}

test('a session that has expired is erased', async () => {
  const { erase, ...scene } = await anExpiredSession();
  await erase(race);
  expect(await leftOf(race, scene.owner)).toEqual({ recordings: 1 });
  expect(await race.stores.sessions.idsFor(scene.owner, {})).toEqual([]);
});

test('one that is used after it was listed stays, and so does its answer', async () => {
  const { erase, ...scene } = await anExpiredSession();
  const hold = maintenance.hold({ command: 'delete', collection: 'sessions', about: scene.session.id });
  const erasing = erase(maintenance);
  await hold.reached;
  await askIn(scene);
  hold.release();
  await erasing;
  expect(await leftOf(race, scene.owner)).toMatchObject({ sessions: 1, messages: 2 });
  expect(await race.connection.collection<{ _id: string }>('tombstones').findOne({ _id: scene.session.id })).toBeNull();
});
