import { type ApiClient, createApiClient } from './api-client.ts';
import { checkReply } from './reply-schemas.ts';
import { createTransport } from './transport.ts';

/** The client of programs: it checks every reply, and repeats a request while the service is busy. */
export function createCheckedClient({ url, key }: { url: string; key: string }): ApiClient {
  const messages = {
    absent: `The service at ${url} does not answer. Start it with \`npm start\`, or check ASK_API_URL.`,
    stranger: (status: number) =>
      status < 300
        ? `${url} answers as no Ask service does. Check ASK_API_URL.`
        : `${url} answers ${status}, and not as an Ask service does. Check ASK_API_URL.`,
  };
  const transport = createTransport({ url, key, maxRepeats: 10, messages });
  return createApiClient({ transport, check: checkReply, retriesFirst: false });
}
