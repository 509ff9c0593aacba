import { connect, createServer, type Server, type Socket } from 'node:net';
import { connectMongo, mongoDependency } from '../../../../src/adapters/mongo/connect.ts';
import { anOwner, aSession, databaseUri, drop, storesOf } from './fixtures.ts';

const AWAY = { kind: 'unavailable', details: { dependency: 'MongoDB' } };

/** A way to the real server that can be cut and restored. */
async function aRoute(target: URL) {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port || 27017), target.hostname);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    uri: `mongodb://127.0.0.1:${address.port}${target.pathname}`,
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    restore: () => listen(address.port),
  };
}

test('unavailable while the server is away, and well again by itself', async () => {
  const route = await aRoute(new URL(databaseUri()));
  const connection = await connectMongo(route.uri, { appName: 'test' });
  const { sessions } = storesOf(connection);
  const dependency = mongoDependency(connection);
  const owner = anOwner();
  const session = aSession(owner);
  await sessions.create(session);
  await dependency.check();

  await route.cut();
  // Twice: with connections that break, and with none left.
  for (let i = 0; i < 2; i++) await expect(sessions.find(owner, session.id)).rejects.toMatchObject(AWAY);
  await expect(sessions.create(aSession(owner))).rejects.toMatchObject(AWAY);
  await expect(dependency.check()).rejects.toMatchObject(AWAY);

  await route.restore();
  expect(await untilDone(() => sessions.find(owner, session.id))).toMatchObject({ id: session.id });
  await dependency.check();
  await drop(connection);
  await route.cut();
});

test('connecting to nothing fails as unavailable', async () => {
  const route = await aRoute(new URL(databaseUri()));
  await route.cut();
  await expect(connectMongo(route.uri, { appName: 'test' })).rejects.toMatchObject(AWAY);
});

async function untilDone<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
