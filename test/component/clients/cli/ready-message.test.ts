import { readyMessage } from '../../../../src/clients/cli/stack/ready-message.ts';

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
  readyMessage({ stack: stackAt(api), demo: known, answerers: null, onTerminal })
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
