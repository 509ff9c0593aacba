import { readReply } from '../../../../../src/adapters/models/lib/reply/read-reply.ts';
import { textOf } from '../../../../../src/adapters/models/lib/reply/reply-documents.ts';
import { MOST_CHARACTERS, ReplyInParts } from '../../../../../src/adapters/models/lib/reply/reply-in-parts.ts';

/** A reply of these bytes, again and again, and whether somebody goes on reading it. */
function endless(text: string, status = 200) {
  let isCancelled = false;
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode(text)),
    cancel() {
      isCancelled = true;
    },
  });
  return { response: new Response(body, { status }), isCancelled: () => isCancelled };
}

test('a reply that never ends is read up to its limit, and then left', async () => {
  const { response, isCancelled } = endless('data: a\n');
  let text = '';
  for await (const part of textOf(response, 100)) text += part;
  expect(text).toBe('data: a\n'.repeat(12) + 'data');
  expect(isCancelled()).toBe(true);
});

test('so is an error', async () => {
  const { response, isCancelled } = endless('The model is overloaded. ', 503);
  const options = { provider: 'openai', readPiece: () => null, onText: undefined, thinkingEnds: [] } as const;
  const failed = readReply(response, { ...options, signal: new AbortController().signal });
  await expect(failed).rejects.toMatchObject({
    reason: 'overloaded',
    said: { text: expect.stringMatching(/^The model/) },
  });
  expect(isCancelled()).toBe(true);
});

test('an answer longer than any is none, and not asked for again', () => {
  const reply = new ReplyInParts('openai');
  reply.add({ text: 'a'.repeat(MOST_CHARACTERS) });
  expect(() => reply.add({ text: 'a' })).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ reason: 'malformed_reply', retryable: false }) }),
  );
});
