import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { AuditorService, AuditSeverity } from '@bulkhead/backend-plugin-api';
import { mockCredentials, mockServices } from '@bulkhead/backend-test-utils';
import { describeAuditorService, type AuditedEvent } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader, createMutableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import express, { type Request } from 'express';
import { createRootLoggerServiceFactory } from '../root-logger/index.ts';
import { readAuditLevels } from './audit-levels.ts';
import { auditorServiceFactory } from './auditor-service-factory.ts';

interface AuditLine extends JsonObject {
  level: string;
  message: string;
  eventId: string;
  severityLevel: AuditSeverity;
  status: AuditedEvent['status'];
  meta: JsonObject;
}

async function setUp(auditor: JsonObject = {}) {
  const stream = new PassThrough();
  const logging = new ConfigReader({ backend: { logger: { level: 'debug', format: 'json' } } });
  const rootLogger = await createRootLoggerServiceFactory({ stream }).factory({ config: logging }, undefined);
  const { config: rootConfig, set } = createMutableConfig({ backend: { auditor } });
  const deps = { rootConfig, rootLogger };
  const service = await auditorServiceFactory.factory(
    {
      ...deps,
      logger: rootLogger.child({ plugin: 'todo' }),
      auth: mockServices.auth({ pluginId: 'todo' }),
      httpAuth: mockServices.httpAuth({ pluginId: 'todo' }),
      metadata: mockServices.pluginMetadata({ pluginId: 'todo' }),
    },
    await auditorServiceFactory.createRootContext!(deps),
  );
  const lines: AuditLine[] = [];
  return {
    service,
    lines() {
      const written = String(stream.read() ?? '').split('\n');
      lines.push(...written.filter(Boolean).map((line) => JSON.parse(line) as AuditLine));
      return lines;
    },
    configure: (next: JsonObject) => set({ backend: { auditor: next } }),
  };
}

describeAuditorService('DefaultAuditorService', async () => {
  const { service, lines } = await setUp();
  return {
    service,
    events() {
      const latest = new Map(lines().map((line) => [line.eventId, line as unknown as AuditedEvent]));
      return [...latest.values()];
    },
  };
});

/** Makes a request, and audits it from inside of its handler. */
async function request(service: AuditorService, path: string, headers: Record<string, string>): Promise<void> {
  const app = express().use(async (req: Request, res) => {
    const event = await service.createEvent({ eventId: 'todo-delete', severityLevel: 'critical', request: req });
    await event.success();
    res.end();
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}${path}`, { method: 'DELETE', headers });
  server.close();
}

describe('DefaultAuditorService', () => {
  it('records who made the request, from where, and what it was', async () => {
    const { service, lines } = await setUp();
    const { header } = mockCredentials.user('user:default/ada');
    await request(service, '/todos/5?x=1&token=abc', { authorization: header, 'user-agent': 'test/1' });
    expect(lines()).toHaveLength(2);
    expect(lines()[1]).toMatchObject({
      level: 'info',
      message: 'todo.todo-delete',
      plugin: 'todo',
      isAuditEvent: true,
      status: 'succeeded',
      actor: { actorId: 'user:default/ada', ip: '127.0.0.1', hostname: '127.0.0.1', userAgent: 'test/1' },
      request: { method: 'DELETE', url: '/todos/5?x=1&token=***' },
    });
  });

  it.each([
    ['a service', { authorization: mockCredentials.service('external:ci').header }, 'external:ci'],
    ['nobody', {}, undefined],
    ['somebody with a bad token', { authorization: 'Bearer nonsense' }, undefined],
  ])('records a request by %s', async (_who, headers: Record<string, string>, actorId) => {
    const { service, lines } = await setUp();
    await request(service, '/', headers);
    expect(lines()[0]!.actor).toMatchObject({ ip: '127.0.0.1' });
    expect((lines()[0]!.actor as JsonObject).actorId).toBe(actorId);
  });

  it('takes the plugin for the one who acts when there is no request', async () => {
    const { service, lines } = await setUp();
    await service.createEvent({ eventId: 'todo-purge' });
    expect(lines()[0]).toMatchObject({ actor: { actorId: 'plugin:todo' } });
    expect(lines()[0]).not.toHaveProperty('request');
  });

  it('records the end of an event once, but a failure also after a success', async () => {
    const { service, lines } = await setUp();
    const event = await service.createEvent({ eventId: 'todo-purge' });
    await event.success();
    await event.success();
    await event.fail({ error: new TypeError('late') });
    await event.fail({ error: new TypeError('later') });
    await event.success();
    expect(lines().map(({ status }) => status)).toEqual(['initiated', 'succeeded', 'failed']);
  });

  it('logs at the configured levels, as they are now', async () => {
    const { service, lines, configure } = await setUp({ severityLogLevelMappings: { low: 'warn', high: 'error' } });
    for (const severityLevel of ['low', 'medium', 'high', 'critical'] as const) {
      await service.createEvent({ eventId: severityLevel, severityLevel });
    }
    expect(lines().map(({ level }) => level)).toEqual(['warn', 'info', 'error', 'info']);
    configure({ severityLogLevelMappings: { low: 'loud' } });
    configure({});
    await service.createEvent({ eventId: 'low' });
    expect(
      lines()
        .map(({ level, message }) => `${level} ${message}`)
        .slice(4),
    ).toEqual(['warn The new auditor configuration cannot be used; the previous one stays in force', 'debug todo.low']);
  });

  it('names the level that is none', () => {
    const config = new ConfigReader({ backend: { auditor: { severityLogLevelMappings: { low: 'silent' } } } });
    expect(() => readAuditLevels(config)).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_VALUE',
        message: expect.stringContaining("'backend.auditor.severityLogLevelMappings.low'"),
      }),
    );
  });
});
