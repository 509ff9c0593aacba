import { newTurn } from '../../../../src/clients/console/state/ask/live-turn.ts';
import { isSettled } from '../../../../src/clients/console/state/ask/settled-turn.ts';
import type { Message } from '../../../../src/clients/sdk/wire-types.ts';

const asked = (turn: string) => ({ role: 'user', content: 'When?', turn_id: turn }) as Message;
const answer: Message = {
  role: 'assistant',
  id: 'msg_2',
  content: 'In May.',
  parts: [],
  tokens: { input: 1, output: 1, cached: 0 },
  model: 'm',
  provider: 'gemini',
  finish_reason: 'stop',
  grounding: null,
  created_at: '2026-05-04T09:00:00.000Z',
  sources: [],
};
const place = { session_id: 'as_1', turn_id: 'trn_1' } as never;
const running = { ...newTurn({ content: 'When?' }, null), place };
const failed = { ...running, phase: 'failed' as const };

test.each([
  ['its answer stands', running, [asked('trn_1'), answer], true],
  ['its question has no answer yet', running, [asked('trn_1')], false],
  ['the same question was answered before', running, [asked('trn_0'), answer], false],
  ['its question is not there yet', running, [], false],
  ['it failed, and nobody asked again', failed, [asked('trn_1')], false],
  ['it failed, and another tab got the answer', failed, [asked('trn_2'), answer], true],
])('a turn whose messages are read: %s', (_, turn, messages, settled) => {
  expect(isSettled(turn, messages)).toBe(settled);
});
