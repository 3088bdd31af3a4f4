import type { Host } from './host.ts';

/** A WebSocket of a user to the signals of a host. */
export interface Signals extends Disposable {
  /** The messages up to now. */
  readonly received: readonly string[];
}

const ATTEMPTS = 3;
const PATIENCE = 5_000;

/**
 * Listens to a channel as the guest does whose browser is open. Tries a few times as browsers do: the plugin learns of its
 * server from the first request that it gets.
 *
 * @param options - `token`: whose WebSocket it is; default: the guest's
 */
export async function openSignals(host: Host, channel: string, options: { token?: string } = {}): Promise<Signals> {
  const token = options.token ?? (await host.userToken());
  let lastError: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return await connect(`${host.baseUrl.replace('http', 'ws')}/api/signals`, { token, channel });
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}

async function connect(url: string, { token, channel }: { token: string; channel: string }): Promise<Signals> {
  const socket = new WebSocket(url, token);
  const received: string[] = [];
  socket.addEventListener('message', ({ data }) => received.push(String(data)));
  try {
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`${url} does not answer the handshake`)), PATIENCE).unref();
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`${url} refuses the handshake`)));
      socket.addEventListener('close', ({ code }) => reject(new Error(`${url} was closed with ${code}`)));
    });
  } catch (error) {
    socket.close();
    throw error;
  }
  socket.send(JSON.stringify({ action: 'subscribe', channel }));
  return { received, [Symbol.dispose]: () => socket.close() };
}
