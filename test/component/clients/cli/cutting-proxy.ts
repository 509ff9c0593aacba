import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy before a service, whose first connection breaks as soon as the service has said this; the others hold. */
export async function cuttingProxy(serviceUrl: string, said: string) {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    const cut = connections++ === 0;
    const { hostname, port } = new URL(serviceUrl);
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}));
    client.pipe(upstream);
    upstream.on('data', (chunk) => {
      client.write(chunk, () => cut && chunk.includes(said) && client.destroy());
    });
    upstream.on('end', () => client.end());
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => connections,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
