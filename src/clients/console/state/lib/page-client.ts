import { type ApiClient, createApiClient } from '../../../sdk/api-client.ts';
import type { ReplyCheck } from '../../../sdk/replies.ts';
import { createTransport } from '../../../sdk/transport.ts';
import { waits } from './rate-waits.ts';
import { sendFile } from './send-file.ts';

/** How often a request waits when the service says so. A question that waits was not accepted, so losing it costs nothing. */
const MOST_WAITS = 5;

/** The console trusts the service that serves it. */
const trustReply = ((_name, reply) => reply) as ReplyCheck;

const messages = {
  absent: 'Check your connection, and that the service is running.',
  stranger: (status: number) => `The service answered with status ${status}.`,
};

/** The client of the console, for the service that serves the page. */
export function createPageClient(key: string): ApiClient {
  const transport = createTransport({
    key,
    maxRepeats: MOST_WAITS,
    repeatable: [429],
    onWait: waits.begin,
    sendFile,
    messages,
  });
  return createApiClient({ transport, check: trustReply, retriesFirst: true });
}
