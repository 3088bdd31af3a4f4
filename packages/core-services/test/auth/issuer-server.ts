import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@bulkhead/types';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** A pair of keys that a test signs with. */
export interface TestKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JsonObject;
}

/** Makes a pair of keys. */
export async function createKey(kid: string, alg = 'ES256'): Promise<TestKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...((await exportJWK(publicKey)) as JsonObject), kid, alg } };
}

/** What to write into a token. `undefined` leaves out what would stand there by default. */
export interface TokenParts {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** Seconds since the epoch, and some more. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}

/** A token of the plugin `digest` for the plugin `todo`, unless the parts say otherwise. */
export async function sign(key: TestKey, { header, claims }: TokenParts = {}): Promise<string> {
  const payload = { sub: 'digest', aud: 'todo', iat: inSeconds(0), exp: inSeconds(3_600), ...claims };
  const { kid, alg, privateKey } = key;
  return new SignJWT(withoutGaps(payload) as JWTPayload)
    .setProtectedHeader(withoutGaps({ typ: 'vnd.backstage.plugin', alg, kid, ...header }) as { alg: string })
    .sign(privateKey);
}

function withoutGaps(parts: object): object {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** A server that shows keys, or whatever else a test wants. */
export interface IssuerServer {
  readonly url: string;
  /** The paths that were asked for, in order. */
  readonly requests: string[];
  /** What is answered from now on. */
  answer: RequestListener;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server on a free port. */
export async function startIssuer(keys: readonly TestKey[] = []): Promise<IssuerServer> {
  const requests: string[] = [];
  const server = createServer((req: IncomingMessage, res: ServerResponse) => {
    requests.push(req.url ?? '');
    issuer.answer(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer: IssuerServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: showing(keys.map(({ jwk }) => jwk)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

/** Answers with a key set. */
export function showing(keys: readonly JsonObject[]): RequestListener {
  return (_req, res) => void res.setHeader('Content-Type', 'application/json').end(JSON.stringify({ keys }));
}
