import type { Connection } from 'mongoose';
import type { TraceCandidate } from '../../../../../src/domain/ask/trace.ts';
import { anOwner, aSession, drop, freshDatabase, ids, storesOf, strangersTo } from '../fixtures.ts';

let connection: Connection;
let stores: ReturnType<typeof storesOf>;
beforeAll(async () => {
  connection = await freshDatabase();
  stores = storesOf(connection);
});
afterAll(() => drop(connection));

async function aTurn() {
  const owner = anOwner();
  const session = aSession(owner);
  await stores.sessions.create(session);
  return { owner, turn: { sessionId: session.id, turnId: ids.next('trn') } };
}
const candidate = (dropped: TraceCandidate['dropped'] = null): TraceCandidate => ({
  chunkId: ids.next('chk'),
  recordingId: ids.next('rec'),
  scores: { fused: 0.5, dense: 0.25, sparse: null },
  dropped,
});
const stored = () => connection.collection('turn_traces');

test('called twice, one document: the later candidates stand', async () => {
  const { owner, turn } = await aTurn();
  const later = [candidate(), candidate('budget')];
  await stores.traces.recordCandidates(owner, turn, [candidate()]);
  await stores.traces.recordCandidates(owner, turn, later);
  expect(await stores.traces.findCandidates(owner, turn.sessionId, turn.turnId)).toEqual(later);
  expect(await stored().countDocuments({ sessionId: turn.sessionId })).toBe(1);
});

test('nobody else reads them, and no other session has them', async () => {
  const { owner, turn } = await aTurn();
  await stores.traces.recordCandidates(owner, turn, [candidate()]);
  for (const [, stranger] of strangersTo(owner))
    expect(await stores.traces.findCandidates(stranger, turn.sessionId, turn.turnId)).toEqual([]);
  expect(await stores.traces.findCandidates(owner, ids.next('as'), turn.turnId)).toEqual([]);
});

test('they go with their session, and are not stored again for one that is deleted', async () => {
  const { owner, turn } = await aTurn();
  await stores.traces.recordCandidates(owner, turn, [candidate()]);
  await stores.sessions.hide(owner, turn.sessionId);
  await stores.sessions.purge(owner, turn.sessionId);
  expect(await stored().countDocuments({ sessionId: turn.sessionId })).toBe(0);
  await stores.traces.recordCandidates(owner, turn, [candidate()]);
  expect(await stored().countDocuments({ sessionId: turn.sessionId })).toBe(0);
});
