import { DEMO_QUESTION, DEMO_QUESTION_MEETING } from '../../../local/stack/demo/demo-meetings.ts';
import type { Demo } from '../../../local/stack/demo/first-start.ts';
import type { Stack } from '../../../local/stack/state/state-directory.ts';

/** The end of a start: the addresses, and a first question that works when pasted. */
export function readyMessage(stack: Stack, demo: Demo | null): string {
  const lines = [
    '',
    'Ready. Ctrl-C stops everything; what was asked is kept.',
    '',
    `  Console      ${stack.api}/`,
    `  API          ${stack.api}`,
    `  Reference    ${stack.api}/docs`,
    ...(stack.temporalUi === null ? [] : [`  Temporal UI  ${stack.temporalUi}`]),
  ];
  const recording = demo?.recording_ids[DEMO_QUESTION_MEETING];
  if (demo !== null && recording !== undefined)
    lines.push('', 'Ask a first question:', '', curl(stack, demo.key, recording));
  return lines.join('\n');
}

function curl(stack: Stack, key: string, recording: string): string {
  const body = {
    scope: { type: 'recording', recording_id: recording },
    initial_message: { content: DEMO_QUESTION },
  };
  return [
    `curl -sS ${stack.api}/v1/ask/sessions \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n');
}
