import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Bounds the connections of a server. The last place is kept free while there are connections without a request: the one that
 * has been idle for the longest is closed, so that nobody who holds them keeps others out. Where none is idle, one more is
 * closed unheard.
 */
export function limitConnections(server: Server, most: number): void {
  /** Without a request, the longest idle first. */
  const idle = new Set<Socket>();
  let open = 0;
  const closeOneIdle = () => idle.values().next().value?.destroy();
  server.maxConnections = most;
  server.on('connection', (socket) => {
    open++;
    socket.once('close', () => {
      open--;
      idle.delete(socket);
    });
    if (open >= most) closeOneIdle();
    idle.add(socket);
  });
  server.on('drop', closeOneIdle);
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => socket.destroyed || idle.add(socket));
  });
}
