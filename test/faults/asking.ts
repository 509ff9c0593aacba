import { anAskableRecording } from '../support/builders.ts';
import type { Answer, Client } from '../support/client.ts';

/** A session of its own over a short transcript. */
export interface Talk {
  sessionId: string;
  ask(content: string, key?: string, headers?: Record<string, string>): Promise<Answer>;
  messages(): Promise<{ id: string; role: string; content: string }[]>;
}

/** @returns a maker of sessions over one recording. */
export async function talks(client: Client): Promise<(through?: Client) => Promise<Talk>> {
  const { recording } = await anAskableRecording(client);
  return async (through = client) => {
    const { body } = await client.post('/v1/ask/sessions', {
      scope: { type: 'recording', recording_id: recording.id },
    });
    return talkOf(through, body.id);
  };
}

export function talkOf(client: Client, sessionId: string): Talk {
  const place = `/v1/ask/sessions/${sessionId}/messages`;
  return {
    sessionId,
    ask: (content, key, headers = {}) =>
      client.post(place, { content }, { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) }),
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
      // What `fetch` throws when no reply came.
      if (!(error instanceof TypeError)) throw error;
      return null;
    });
    if (answer !== null && ![429, 503, 504].includes(answer.status)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
