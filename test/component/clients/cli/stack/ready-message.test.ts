import type { IndexModel } from '../../../../../src/clients/cli/stack/index-model.ts';
import { readyMessage } from '../../../../../src/clients/cli/stack/ready-message.ts';

const demo = { project_id: 'prj_1', key: 'sk_test_+a', end_user_id: 'eu_1' as const, recording_ids: [] };
const stackAt = (api: string) => ({
  api,
  temporalUi: null,
  temporal: null,
  mongodb: null,
  sandbox: null,
  pid: 1,
  startedAt: '',
});
const lineOf = (api: string, onTerminal: boolean, known: typeof demo | null = demo) =>
  readyMessage({ stack: stackAt(api), demo: known, answerers: null, indexModel: null, onTerminal })
    .split('\n')
    .find((line) => line.includes('Console'))
    ?.trim();

test('on a terminal, the console is a link that signs in with the demo key', () => {
  expect(lineOf('http://127.0.0.1:3000', true)).toBe('Console      http://127.0.0.1:3000/#/sign-in?key=sk_test_%2Ba');
  expect(lineOf('http://[::1]:3000', true)).toContain('#/sign-in?key=');
});

test.each([
  ['in a log', 'http://127.0.0.1:3000', false, demo],
  ['at an address that others reach', 'http://192.168.1.4:3000', true, demo],
  ['without a demo key', 'http://127.0.0.1:3000', true, null],
])('%s, the link holds no key', (_, api, onTerminal, known) => {
  expect(lineOf(api, onTerminal, known)).toBe(`Console      ${api}/`);
});

test.each([
  [128_000, '"scope":{"type":"recording","recording_id":"rec_3"}'],
  [16_000, '"scope":{"type":"recording","recording_id":"rec_3"}'],
  [8_192, '"scope":{"type":"library"},"end_user_id":"eu_1"'],
])('with a context window of %i tokens, the first question is one that it holds', (context_tokens, body) => {
  const sampled = { ...demo, recording_ids: ['rec_0', 'rec_1', 'rec_2', 'rec_3'] };
  const answerers = [{ provider: 'openai', model: 'm', default: true, sandbox: false, context_tokens }];
  const said = readyMessage({
    ...{ stack: stackAt('http://127.0.0.1:3000'), demo: sampled, answerers, indexModel: null, onTerminal: false },
  });
  expect(said.replace(/rec_\d/, 'rec_3')).toContain(body);
  expect(said).toContain('openai m (default)');
});

test('a search without an embedding model is said, and what waits or fails', () => {
  const searched = (indexModel: IndexModel) =>
    readyMessage({
      stack: stackAt('http://127.0.0.1:3000'),
      demo: null,
      answerers: null,
      indexModel,
      onTerminal: false,
    });
  const none = searched({ model: 'hashed-words', source: 'none', pending: 0, failing: null });
  expect(none).toContain('Search       hashed words; no embedding model can be had, so searches find less');
  const failing = searched({ model: 'm/w100', source: 'server', pending: 3, failing: 'The server answers 401.' });
  expect(failing).toContain('Search       m/w100; 3 passages wait to be embedded; The server answers 401.');
});
