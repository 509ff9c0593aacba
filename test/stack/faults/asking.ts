import { isNativeError } from 'node:util/types';
import { anAskableRecording } from '../../support/builders.ts';
import type { Answer, Client } from '../../support/client.ts';

/** A session of its own over a short transcript. */
export interface Talk {
  sessionId: string;
  ask(content: string, key?: string, headers?: Record<string, string>): Promise<Answer>;
  messages(): Promise<{ id: string; role: string; content: string }[]>;
}

/** Sessions over one recording. */
export interface Talks {
  /** Opens a session through this client, which asks in it too. */
  open(through?: Client): Promise<Talk>;
  /** Opens a session with its first question. */
  begin(content: string, key?: string): Promise<Answer>;
}

export async function talks(client: Client): Promise<Talks> {
  const { recording } = await anAskableRecording(client);
  const scope = { type: 'recording', recording_id: recording.id };
  return {
    open: async (through = client) => talkOf(through, (await through.post('/v1/ask/sessions', { scope })).body.id),
    begin: (content, key) => client.post('/v1/ask/sessions', { scope, initial_message: { content } }, headersWith(key)),
  };
}

export function talkOf(client: Client, sessionId: string): Talk {
  const place = `/v1/ask/sessions/${sessionId}/messages`;
  return {
    sessionId,
    ask: (content, key, headers = {}) => client.post(place, { content }, { ...headers, ...headersWith(key) }),
    messages: async () => {
      const all = [];
      for (let path = `${place}?limit=100`; ; ) {
        const { data, next_cursor } = (await client.get(path)).body;
        all.push(...data);
        if (next_cursor === null) return all;
        path = `${place}?limit=100&cursor=${next_cursor}`;
      }
    },
  };
}

/** Repeats a request as a client does, until the server can be reached and says something else than to come back. */
export async function untilAnswered(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send().catch((error: unknown) => {
      if (!isNoReply(error)) throw error;
      return null;
    });
    if (answer !== null && ![429, 503, 504].includes(answer.status)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Whether `fetch` threw because no reply came. Its TypeError is not the one that a test file knows. */
export function isNoReply(error: unknown): boolean {
  return isNativeError(error) && error.name === 'TypeError';
}

function headersWith(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { 'idempotency-key': key };
}
