import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import fc from 'fast-check';
import winston from 'winston';
import { DefaultRootLoggerService } from '../root-logger/default-root-logger-service.ts';
import { readLoggerSettings } from '../root-logger/index.ts';
import { DefaultAccessLogService, type AccessLogEntry } from './access-log.ts';

interface Setup {
  readonly section?: JsonObject;
  readonly secrets?: readonly string[];
  readonly format?: winston.Logform.Format;
}

/** What an access log writes for some entries: by its own serialiser where it may, or by the logger. */
async function linesOf(entries: readonly AccessLogEntry[], isRendered: boolean, setup: Setup = {}): Promise<string[]> {
  const { section = {}, secrets = [], format } = setup;
  const stream = new PassThrough();
  const settings = readLoggerSettings(new ConfigReader({ backend: { logger: { format: 'json', ...section } } }), {});
  const logger = new DefaultRootLoggerService({ settings, secrets, stream, format });
  // Children log line by line.
  const log = new DefaultAccessLogService(isRendered ? logger : logger.child({}));
  entries.forEach((entry) => log.record(entry));
  await logger.flush();
  const text = String(stream.read() ?? '');
  return text.split('\n').filter(Boolean);
}

function parse(line: string): unknown {
  const { timestamp, ...fields } = JSON.parse(line) as Record<string, unknown>;
  expect(timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  return fields;
}

const ENTRY: AccessLogEntry = {
  ...{ method: 'GET', url: '/api/todo/items?tag=a', status: 200, duration: 0.213, bytes: 837 },
  ...{ requestId: '3cf3c12e-3b65-4efe-97d2-af9d4eee8c25', pluginId: 'todo' },
};

const entries = fc.record<AccessLogEntry>(
  {
    method: fc.constantFrom('GET', 'POST', '-'),
    url: fc.oneof(fc.webPath(), fc.string({ unit: 'binary' }), fc.constant('/.bulkhead/health/v1/liveness')),
    status: fc.integer({ min: 200, max: 599 }),
    duration: fc.integer({ min: 0, max: 1e10 }).map((micros) => micros / 1_000),
    bytes: fc.nat(),
    requestId: fc.stringMatching(/^[\w.:/+=@-]{1,128}$/),
    pluginId: fc.option(fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/), { nil: undefined }),
    upstream: fc.option(fc.webUrl(), { nil: undefined }),
  },
  { requiredKeys: ['method', 'url', 'status', 'duration', 'bytes', 'requestId'] },
);

describe('DefaultAccessLogService', () => {
  it('writes the lines that the logger would write', async () => {
    const setups = fc.record({
      section: fc.constantFrom<JsonObject[]>(
        {},
        { level: 'debug' },
        { level: 'warn' },
        { meta: { service: 'todos', deep: { a: ['\u2028'] } } },
        { meta: { type: 'mine' } },
        { overrides: [{ matchers: { status: 200 }, level: 'silent' }] },
        { overrides: [{ matchers: { plugin: 'todo' }, level: 'debug' }] },
      ),
      secrets: fc.subarray(['todo', '20', 'items', 'a"b', '/e', '\u2028x']),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entries, { minLength: 1, maxLength: 5 }), setups, async (all, setup) => {
        const [rendered, logged] = [await linesOf(all, true, setup), await linesOf(all, false, setup)];
        expect(rendered.map(parse)).toEqual(logged.map(parse));
      }),
    );
  });

  it('leaves lines to a format of winston, and to text', async () => {
    const format = winston.format.printf(({ message }) => `formatted ${String(message)}`);
    expect(await linesOf([ENTRY], true, { format })).toEqual(['formatted GET /api/todo/items?tag=a 200 0.213 ms']);
    const [line] = await linesOf([ENTRY], true, { section: { format: 'text' } });
    expect(line).toMatch(/ info {2}\[todo\] GET \/api\/todo\/items\?tag=a 200 0.213 ms/);
  });
});
