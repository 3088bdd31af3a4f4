// A plain server with the headers of a host, which asks itself: over the loopback interface, over a pair of streams in
// memory, and without any connection, as the clients of plugins do it. All of them make and read the same HTTP messages.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import { InProcessServer } from '../../../packages/core-services/dist/http-server/in-process/serve-in-process.js';

const { Agent } = createRequire(new URL('../../../packages/core-services/package.json', import.meta.url))('undici');

const BODY = JSON.stringify({ title: 'An item', done: false });
const HEADERS = {
  authorization: `Bearer ${'x'.repeat(400)}`,
  'content-type': 'application/json',
  'x-request-id': 'request-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};
const SECURITY = [
  ['Content-Security-Policy', "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self'"],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['X-Download-Options', 'noopen'],
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-XSS-Protection', '0'],
];

function echo(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    for (const [name, value] of SECURITY) response.setHeader(name, value);
    response.setHeader('Content-Type', 'application/json');
    const body = JSON.stringify({ id: '1', ...JSON.parse(Buffer.concat(chunks).toString()) });
    response.setHeader('Content-Length', Buffer.byteLength(body));
    response.end(body);
  });
}

const server = createServer((request, response) => {
  if (request.url.startsWith('/measure')) measure(request, response);
  else echo(request, response);
});

/** One end of a connection in memory. */
class End extends Duplex {
  other;
  #release;

  _read() {
    const release = this.#release;
    this.#release = undefined;
    release?.();
  }

  _write(chunk, _encoding, done) {
    this.other.#take(chunk, done);
  }

  _final(done) {
    this.other.push(null);
    done();
  }

  #take(chunk, done) {
    if (this.push(chunk)) done();
    else this.#release = done;
  }

  setTimeout() {
    return this;
  }

  setNoDelay() {
    return this;
  }

  setKeepAlive() {
    return this;
  }

  ref() {}
  unref() {}
}

function connectInMemory(_options, done) {
  const [near, far] = [new End(), new End()];
  near.other = far;
  far.other = near;
  server.emit('connection', far);
  setImmediate(done, null, near);
}

const over = (agent) => async (path) => {
  const origin = `http://127.0.0.1:${process.env.PORT}`;
  const { body } = await agent.request({ origin, path, method: 'POST', headers: HEADERS, body: BODY });
  return body.text();
};

const inProcess = new InProcessServer(echo);
const never = { onEnd: () => () => {} };
const transports = {
  tcp: over(new Agent({ connections: 64, pipelining: 1 })),
  streams: over(new Agent({ connections: 64, pipelining: 1, connect: connectInMemory })),
  direct: async (target) => {
    const headers = { host: '127.0.0.1', ...HEADERS };
    return (await inProcess.send({ method: 'POST', target, headers, body: BODY, end: never })).text();
  },
};

async function measure(request, response) {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const call = transports[searchParams.get('transport')];
  let left = Number(searchParams.get('count'));
  const startedAt = performance.now();
  const work = async () => {
    while (left-- > 0) {
      if (JSON.parse(await call('/items?limit=10')).id !== '1') throw new TypeError('This is no item');
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  response.end(JSON.stringify({ seconds: (performance.now() - startedAt) / 1000 }));
}

server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
