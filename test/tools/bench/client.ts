import { readFile } from 'node:fs/promises';

/** A client of one API that fails loudly: a bench must not measure errors. */
export type Api = ReturnType<typeof apiAt>;

export function apiAt(url: string, key: string) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    // biome-ignore lint/suspicious/noExplicitAny: a bench reads single fields of bodies that the tests check.
    return (text === '' ? null : JSON.parse(text)) as any;
  };
  const post = (path: string, body: unknown) => send('POST', path, body);
  const add = async (endUserId: string, name: string, segments: object[]): Promise<string> => {
    const { id } = await post('/v1/recordings', { end_user_id: endUserId, name });
    await post(`/v1/recordings/${id}/transcriptions`, { segments });
    while ((await send('GET', `/v1/recordings/${id}`)).status !== 'completed')
      await new Promise((r) => setTimeout(r, 50));
    return id;
  };
  /** An end user's recording, once it can be asked. */
  const recording = async (segments: object[]): Promise<string> =>
    add((await post('/v1/end_users', {})).id, 'Bench', segments);

  return {
    send,
    post,
    /** A POST whose answer comes as server-sent events. */
    stream: (path: string, body: unknown) =>
      fetch(url + path, {
        method: 'POST',
        headers: { ...headers, accept: 'text/event-stream' },
        body: JSON.stringify(body),
      }),
    get: (path: string) => send('GET', path),
    /** A session over one recording, opened and ready for its first turn. */
    session: async (recordingId: string): Promise<string> =>
      (await post('/v1/ask/sessions', { scope: { type: 'recording', recording_id: recordingId } })).id,
    ask: (sessionId: string, content: string) => post(`/v1/ask/sessions/${sessionId}/messages`, { content }),
    recording,
    /** An end user's recording of a meeting of 20 minutes, once it can be asked. */
    meeting: async (): Promise<string> => recording(await segmentsOf('ES2006a')),
    /** An end user with four meetings, about 40,000 tokens. */
    async library(): Promise<string> {
      const { id } = await post('/v1/end_users', {});
      for (const name of ['ES2006a', 'ES2006b', 'ES2006c', 'ES2006d']) await add(id, name, await segmentsOf(name));
      return id;
    },
  };
}

async function segmentsOf(name: string): Promise<object[]> {
  const file = new URL(`../../../src/local/stack/demo/demo-data/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')).segments;
}
