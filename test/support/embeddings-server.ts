import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { syntheticEmbedder } from './synthetic-embedder.ts';

/**
 * A server of OpenAI's `/embeddings` as a process of its own. Its vectors have no meaning and cost nothing, for what the real
 * model would take hours to embed. It sends `{url}` to its parent once it listens, and ends with its parent.
 */
const requestSchema = z.object({ input: z.array(z.string()) });
const embedder = syntheticEmbedder();

const server = createServer(async (incoming, outgoing) => {
  const { input } = requestSchema.parse(await json(incoming));
  const vectors = await embedder.embed(input, 'passage');
  const data = vectors.map((vector, index) => ({ index, embedding: [...vector] }));
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
}).listen(0, '127.0.0.1');
await once(server, 'listening');

process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
const { port } = z.object({ port: z.number() }).parse(server.address());
process.send?.({ url: `http://127.0.0.1:${port}/v1` });
