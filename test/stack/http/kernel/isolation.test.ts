import { routes } from '../../../../src/http/routes.ts';
import { anAskableRecording, anEndUser, aRecording, SEGMENTS } from '../../../support/builders.ts';
import type { Answer, Client } from '../../../support/client.ts';
import { type Service, startService } from '../../../support/service.ts';

/**
 * What one caller owns does not exist for another: every route that names something by its id answers a stranger in the
 * very words in which it answers about an id that nobody has.
 */
let service: Service;
let owner: Client;
/** Real ids of the owner, by the name of the path parameter. */
let real: Record<string, string>;
/** Who must not see them. */
let strangers: Record<string, Client>;

const UNKNOWN: Record<string, string> = {
  session_id: 'as_01jd3v9k2m8q4t6w0y5z7a1b3c',
  turn_id: 'trn_01jd3v9k2m8q4t6w0y5z7a1b3c',
  end_user_id: 'eu_01jd3v9k2m8q4t6w0y5z7a1b3c',
  recording_id: 'rec_01jd3v9k2m8q4t6w0y5z7a1b3c',
  transcription_id: 'txn_01jd3v9k2m8q4t6w0y5z7a1b3c',
};

const BODIES: Record<string, unknown> = {
  sendMessage: { content: 'a' },
  importTranscript: { segments: SEGMENTS },
  patchSession: { title: 'Mine' },
  patchRecording: { name: 'Mine', started_at: '2026-05-04T08:00:00Z' },
};

beforeAll(async () => {
  service = await startService();
  owner = await service.client();
  const { endUser, recording, transcription } = await anAskableRecording(owner);
  const scope = { type: 'recording', recording_id: recording.id };
  const asked = await owner.post(
    '/v1/ask/sessions',
    { scope, initial_message: { content: 'When is the launch?' } },
    { prefer: 'respond-async' },
  );
  const { session_id, turn_id } = asked.body;
  real = {
    session_id,
    turn_id,
    end_user_id: endUser.id,
    recording_id: recording.id,
    transcription_id: transcription.id,
  };
  const neighbour = await anEndUser(owner);
  strangers = {
    'another project': await service.client(),
    'another mode': await service.client({ projectId: owner.projectId, mode: 'live' }),
    'another end user': await service.client({ projectId: owner.projectId, endUserId: neighbour.id }),
  };
}, 120_000);
afterAll(() => service?.stop());

const byId = routes.filter((route) => route.path.includes(':'));
const fill = (template: string, ids: Record<string, string>) =>
  template.replace(/:(\w+)/g, (_, name) => ids[name] ?? '');
const withoutIds = (answer: Answer) =>
  JSON.stringify(answer.body).replaceAll(/\b(as|trn|eu|rec|txn)_[0-9a-z]{26}\b/g, 'ID');

describe.each(['another project', 'another mode', 'another end user'])('%s', (who) => {
  test.each(byId.map((route) => [`${route.method} ${route.path}`, route] as const))('404: %s', async (_, route) => {
    const stranger = strangers[who] as Client;
    const ask = (ids: Record<string, string>) =>
      stranger.send(route.method, fill(route.path, ids), { body: BODIES[route.operationId] });
    const [foreign, unknown] = [await ask(real), await ask(UNKNOWN)];
    expect(foreign.status).toBe(404);
    expect(withoutIds(foreign)).toBe(withoutIds(unknown));
  });

  test('404: what a body names', async () => {
    const stranger = strangers[who] as Client;
    const ask = async (ids: Record<string, string>) => {
      const scope = { type: 'recording', recording_id: ids.recording_id };
      return stranger.post('/v1/ask/sessions', { scope });
    };
    const [foreign, unknown] = [await ask(real), await ask(UNKNOWN)];
    expect(foreign.status).toBe(404);
    expect(withoutIds(foreign)).toBe(withoutIds(unknown));
  });

  test('200: lists show nothing of the owner', async () => {
    const stranger = strangers[who] as Client;
    const paths = routes.filter((route) => route.method === 'GET' && !route.path.includes(':')).map(({ path }) => path);
    const lists = await Promise.all(paths.map((path) => stranger.get(path)));
    const shown = JSON.stringify(lists.map(({ body }) => body));
    expect(lists.map(({ status }) => status)).toEqual(paths.map(() => 200));
    for (const id of Object.values(real)) expect(shown).not.toContain(id);
  });
});

describe('the owner', () => {
  test('200: sees all of it, untouched by the strangers', async () => {
    const reads = byId.filter((route) => route.method === 'GET');
    const answers = await Promise.all(reads.map((route) => owner.get(fill(route.path, real))));
    expect(answers.map(({ status }) => status)).toEqual(reads.map(() => 200));
  });
});

describe('a key scoped to an end user', () => {
  test('403: naming another end user, in a body or a query', async () => {
    const stranger = strangers['another end user'] as Client;
    const end_user_id = real.end_user_id;
    const answers = await Promise.all([
      stranger.post('/v1/recordings', { end_user_id }),
      stranger.post('/v1/recordings/search', { query: 'a', end_user_id }),
      stranger.post('/v1/ask/sessions', { scope: { type: 'library' }, end_user_id }),
      stranger.get(`/v1/recordings?end_user_id=${end_user_id}`),
      stranger.get(`/v1/ask/sessions?end_user_id=${end_user_id}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });

  test('404: a recording of another end user as the context of a message', async () => {
    const own = await service.client({ projectId: owner.projectId, endUserId: real.end_user_id as string });
    const foreign = await aRecording(owner, (await anEndUser(owner)).id);
    const context_refs = [{ type: 'recording', id: foreign.id }];
    const answer = await own.post(`/v1/ask/sessions/${real.session_id}/messages`, { content: 'a', context_refs });
    expect(answer.status).toBe(404);
  });
});
