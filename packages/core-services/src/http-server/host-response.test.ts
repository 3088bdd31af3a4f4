import { once } from 'node:events';
import { createServer, request, ServerResponse, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { addHeaderBlock, HostResponse } from './host-response.ts';

/** What a handler gives to a client, and finds out itself. */
interface Outcome {
  readonly status: number | undefined;
  readonly message: string | undefined;
  readonly headers: readonly string[];
  readonly body: string;
  readonly seen: unknown;
}

type Look = (response: ServerResponse) => unknown;

async function outcomeOf(listener: RequestListener): Promise<Omit<Outcome, 'seen'>> {
  const server = createServer({ ServerResponse: HostResponse }, listener).listen(0, '127.0.0.1');
  return answerOf(server);
}

async function nodeOutcomeOf(listener: RequestListener): Promise<Omit<Outcome, 'seen'>> {
  return answerOf(createServer(listener).listen(0, '127.0.0.1'));
}

async function answerOf(server: ReturnType<typeof createServer>): Promise<Omit<Outcome, 'seen'>> {
  await once(server, 'listening');
  const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = await text(response);
  server.close();
  const headers = response.rawHeaders.map((line, index, all) => (all[index - 1] === 'Date' ? '' : line));
  return { status: response.statusCode, message: response.statusMessage, headers, body };
}

/** Has both kinds of responses written by the same handler. */
async function both(look: Look): Promise<readonly Outcome[]> {
  const run = async (outcome: typeof outcomeOf): Promise<Outcome> => {
    let seen: unknown;
    const answer = await outcome((_request, response) => {
      seen = look(response);
      if (!response.writableEnded) response.end('body');
    });
    return { ...answer, seen };
  };
  return [await run(outcomeOf), await run(nodeOutcomeOf)];
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return [(error as Error).name, (error as { code?: string }).code, (error as Error).message];
  }
  return undefined;
}

const headersOf = (response: ServerResponse): unknown => [
  response.getHeaderNames(),
  (response as ServerResponse & { getRawHeaderNames(): string[] }).getRawHeaderNames(),
  response.getHeaders(),
  Object.getPrototypeOf(response.getHeaders()),
  response.hasHeader('X-One'),
  response.hasHeader('x-none'),
  response.getHeader('x-ONE'),
];

const CASES: Readonly<Record<string, Look>> = {
  'nothing set': (response) => headersOf(response),
  'one set twice': (response) => {
    response.setHeader('X-One', 1).setHeader('x-two', 'b').setHeader('x-one', 2);
    return headersOf(response);
  },
  'several values': (response) => {
    response
      .setHeader('Set-Cookie', ['a=1', 'b=2'])
      .appendHeader('set-cookie', 'c=3')
      .appendHeader('X-One', ['a', 'b']);
    response.appendHeader('X-One', 'c').setHeaders(new Map([['x-map', 'm']]));
    return headersOf(response);
  },
  'one removed': (response) => {
    response.setHeader('X-One', 'a').setHeader('X-Two', 'b').removeHeader('x-one');
    response.removeHeader('Date');
    return headersOf(response);
  },
  'a head with others': (response) => {
    response.setHeader('X-One', 'a').setHeader('X-Two', 'b');
    response.writeHead(201, { 'x-one': 'c', 'X-Three': ['d', 'e'] });
    return headersOf(response);
  },
  'a head with a reason': (response) => response.setHeader('X-One', 'a').writeHead(200, 'Fine', { 'X-Two': 'b' }) && 1,
  'a head without headers': (response) => response.setHeader('X-One', 'a').writeHead(404) && response.statusMessage,
  'a head from a list': (response) => {
    response.setHeader('X-One', 'a').setHeader('Set-Cookie', 'x=0');
    response.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'X-Two', '2']);
    return headersOf(response);
  },
  'nothing but a head from a list': (response) => {
    response.writeHead(200, ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
    return headersOf(response);
  },
  'nothing but a head': (response) => response.writeHead(200, { 'X-One': 'a' }) && headersOf(response),
  'headers that are refused': (response) => [
    thrownBy(() => response.setHeader('bad name', 'a')),
    thrownBy(() => response.setHeader('X-One', 'a\nb')),
    thrownBy(() => response.setHeader('X-One', undefined as unknown as string)),
    thrownBy(() => response.appendHeader('X-One', 'a\r')),
    thrownBy(() => response.writeHead(200, { 'X-One': 'a\nb' })),
    thrownBy(() => response.writeHead(1)),
    headersOf(response),
  ],
  'too late': (response) => {
    response.setHeader('X-One', 'a').write('some');
    return [
      thrownBy(() => response.setHeader('X-Two', 'b')),
      thrownBy(() => response.appendHeader('X-Two', 'b')),
      thrownBy(() => response.removeHeader('X-One')),
      thrownBy(() => response.writeHead(200)),
      headersOf(response),
    ];
  },
  'a length of its own': (response) => response.setHeader('Content-Length', 4).end('body') && headersOf(response),
  'no body': (response) => response.setHeader('X-One', 'a').writeHead(204).end() && 1,
  'a head that is flushed': (response) => response.setHeader('X-One', 'a').flushHeaders(),
};

describe('a response of the host', () => {
  it.each(Object.entries(CASES))('with %s is that of Node.js', async (_what, look) => {
    const [ours, theirs] = await both(look);
    expect(ours).toEqual(theirs);
  });

  it('keeps its headers when its prototype is replaced', async () => {
    const { headers } = await outcomeOf((_request, response) => {
      addHeaderBlock(response, [['X-Host', 'yes']]);
      Object.setPrototypeOf(
        response,
        Object.create(Object.getPrototypeOf(Object.getPrototypeOf(response) as object) as object) as object,
      );
      response.setHeader('X-One', 'a').end();
    });
    expect(headers).toEqual(expect.arrayContaining(['X-Host', 'yes', 'X-One', 'a']));
  });

  const { prototype } = ServerResponse;
  const PAST_US: Readonly<Record<string, Look>> = {
    'a header is set': (response) => prototype.setHeader.call(response, 'X-Past', 'p'),
    'a header is set before a head': (response) =>
      prototype.setHeader.call(response, 'X-Past', 'p').writeHead(200, { 'X-Two': 'b' }),
    'a head is written': (response) => prototype.writeHead.call(response, 200, { 'X-Past': 'p' }),
    'all is done': (response) =>
      prototype.writeHead.call(prototype.setHeader.call(response, 'X-Past', 'p'), 200, ['X-Two', 'b']),
  };

  it.each(Object.entries(PAST_US))('loses nothing when %s by methods of Node.js itself', async (_what, act) => {
    const { headers } = await outcomeOf((_request, response) => {
      addHeaderBlock(response, [['X-Host', 'yes']]);
      response.setHeader('X-One', 'a');
      act(response);
      response.end();
      expect(response.getHeader('x-past')).toBe('p');
    });
    expect(headers).toEqual(expect.arrayContaining(['X-Host', 'yes', 'X-One', 'a', 'p']));
    expect(headers.filter((name) => name === 'X-Host')).toHaveLength(1);
  });

  it('takes a block of headers after others, too, and leaves the block as it is', async () => {
    const block = [
      ['X-Host', 'yes'],
      ['X-One', 'b'],
    ] as const;
    for (const isFirst of [true, false, true]) {
      const { headers } = await outcomeOf((_request, response) => {
        if (!isFirst) response.setHeader('X-One', 'a');
        addHeaderBlock(response, block);
        response.removeHeader('X-Host');
        response.setHeader('X-Two', 'c').end();
      });
      expect(headers).toEqual(expect.arrayContaining(['X-One', 'b', 'X-Two', 'c']));
      expect(headers).not.toContain('X-Host');
    }
  });

  it('writes what is common to all responses as one text, with this Node.js', () => {
    const response = new HostResponse({ method: 'GET' } as IncomingMessage);
    expect(Object.hasOwn(response, '_storeHeader')).toBe(true);
  });

  it('can be answered otherwise after a head that was refused', async () => {
    const { status, headers } = await outcomeOf((_request, response) => {
      expect(() => response.writeHead(200, { 'X-Bad': 'a\nb' })).toThrow('Invalid character');
      response.writeHead(500, { 'X-Good': 'a' }).end();
    });
    expect(status).toBe(500);
    expect(headers).toContain('X-Good');
  });
});
