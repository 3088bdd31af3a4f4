import type { Duplex } from 'node:stream';

/**
 * Destroys a socket that nobody reads yet when its client goes away. Nobody would notice otherwise: Node.js reads on
 * demand. What the client sends before it is answered stays where it is.
 *
 * @returns stops looking
 */
export function destroyWhenHungUp(socket: Duplex): () => void {
  const look = (): void => {
    // Takes nothing, and lets the end be seen.
    if (socket.readableLength === 0) socket.read();
  };
  const destroy = (): void => void socket.destroy();
  socket.on('readable', look).once('end', destroy);
  return () => void socket.off('readable', look).off('end', destroy);
}
