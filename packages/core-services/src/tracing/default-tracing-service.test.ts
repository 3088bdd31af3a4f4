import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TracingService } from '@bulkhead/backend-plugin-api';
import { createServiceTester, mockCredentials, mockServices } from '@bulkhead/backend-test-utils';
import { describeTracingService, type TracedSpan } from '@bulkhead/backend-test-utils/contracts';
import type { JsonObject } from '@bulkhead/types';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Request } from 'express';
import { tracingServiceFactory } from './tracing-service-factory.ts';

const esModules = { trace, InMemorySpanExporter, SimpleSpanProcessor, TracerProvider };
const load = createRequire(import.meta.url) as (name: string) => object;
const ADA = 'user:default/ada';
let exporter: InMemorySpanExporter;

/** Does what a process with a tracing SDK does when it starts. */
function startSdk(): void {
  exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
}

function stopSdk(): void {
  trace.disable();
  context.disable();
  propagation.disable();
}

async function createTracing(data: JsonObject = {}): Promise<TracingService> {
  const services = { rootConfig: mockServices.rootConfig({ data }), httpAuth: mockServices.httpAuth() };
  return createServiceTester(tracingServiceFactory, { services }).get('todo');
}

function toTracedSpans(spans: readonly ReadableSpan[]): TracedSpan[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans.map((span) => ({
    name: span.name,
    kind: SpanKind[span.kind].toLowerCase() as TracedSpan['kind'],
    attributes: span.attributes as TracedSpan['attributes'],
    status: { ...span.status, code: SpanStatusCode[span.status.code].toLowerCase() as 'ok' },
    parent: names.get(span.parentSpanContext?.spanId ?? ''),
    traceId: span.spanContext().traceId,
  }));
}

describeTracingService('DefaultTracingService', async () => {
  startSdk();
  const service = await createTracing();
  const spans = (): TracedSpan[] => toTracedSpans(exporter.getFinishedSpans());
  return { service, pluginId: 'todo', user: mockCredentials.user(ADA), spans, dispose: stopSdk };
});

describe('tracingServiceFactory', () => {
  beforeEach(startSdk);
  afterEach(stopSdk);

  async function attributesOf(
    data: JsonObject,
    options: Parameters<TracingService['startActiveSpan']>[1],
  ): Promise<object> {
    const tracing = await createTracing(data);
    await tracing.startActiveSpan('work', options as object, () => undefined);
    return exporter.getFinishedSpans()[0]!.attributes;
  }

  it('gives each plugin a tracer of its own, called what the configuration says', async () => {
    const tracer = { name: 'todos', version: '1.2.3', schemaUrl: 'https://example.com/schema' };
    for (const data of [{}, { backend: { tracing: { plugin: { todo: { tracer } } } } }]) {
      await (await createTracing(data)).startActiveSpan('work', () => undefined);
    }
    const scopes = exporter.getFinishedSpans().map(({ instrumentationScope }) => instrumentationScope);
    expect(scopes).toMatchObject([{ name: 'backstage-plugin-todo' }, tracer]);
  });

  it('says who the caller is only if it may', async () => {
    const options = { credentials: mockCredentials.user(ADA), attributes: { 'enduser.id': 'overridden' } };
    const captured = { backend: { tracing: { capture: { endUser: true } } } };
    expect(await attributesOf({}, { credentials: options.credentials })).toEqual({
      'backstage.plugin.id': 'todo',
      'backstage.principal.type': 'user',
    });
    exporter.reset();
    expect(await attributesOf(captured, options)).toMatchObject({ 'enduser.id': ADA });
    exporter.reset();
    expect(await attributesOf(captured, { credentials: mockCredentials.service('external:ci') })).toMatchObject({
      'backstage.principal.type': 'service',
      'enduser.id': 'external:ci',
    });
    exporter.reset();
    const nobody = await attributesOf(captured, { credentials: mockCredentials.none() });
    expect(nobody).toEqual({ 'backstage.plugin.id': 'todo', 'backstage.principal.type': 'none' });
  });

  it('finds out from a request who the caller is, unless it is told', async () => {
    const request = { headers: { authorization: mockCredentials.user(ADA).header } } as Request;
    const captured = { backend: { tracing: { capture: { endUser: true } } } };
    expect(await attributesOf(captured, { request })).toMatchObject({ 'enduser.id': ADA });
    exporter.reset();
    const credentials = mockCredentials.service('external:ci');
    expect(await attributesOf(captured, { request, credentials })).toMatchObject({ 'enduser.id': 'external:ci' });
  });

  it('does nothing for a request whose credentials are no good', async () => {
    const tracing = await createTracing();
    const request = { headers: { authorization: 'Bearer nonsense' } } as Request;
    let isDone = false;
    const work = tracing.startActiveSpan('work', { request }, () => void (isDone = true));
    await expect(work).rejects.toMatchObject({ name: 'AuthenticationError' });
    expect([isDone, exporter.getFinishedSpans()]).toEqual([false, []]);
  });

  it('records what was thrown, whatever it is', async () => {
    const tracing = await createTracing();
    for (const thrown of [new RangeError('no'), new Error(''), 'text', undefined]) {
      const work = tracing.startActiveSpan('work', () => Promise.reject(thrown as Error));
      await work.catch(() => {});
    }
    const recorded = exporter
      .getFinishedSpans()
      .map(({ attributes, status, events }) => [attributes['error.type'], status, events.map(({ name }) => name)]);
    const failed = (message: string): object => ({ code: SpanStatusCode.ERROR, message });
    expect(recorded).toEqual([
      ['RangeError', failed('no'), ['exception']],
      ['Error', failed('Error'), ['exception']],
      ['Error', failed(expect.stringContaining('text') as unknown as string), ['exception']],
      ['Error', failed(expect.stringContaining('undefined') as unknown as string), ['exception']],
    ]);
  });

  it('does the work where nobody traces', async () => {
    stopSdk();
    const tracing = await createTracing();
    expect(await tracing.startActiveSpan('work', { kind: 'server' }, () => 5)).toBe(5);
    expect(await tracing.context.with(tracing.context.active(), async () => 6)).toBe(6);
    expect(tracing.propagation.getActiveBaggage()).toBeUndefined();
  });
});

describe.each([
  ['ES modules', esModules],
  ['CommonJS', { ...load('@opentelemetry/api'), ...load('@opentelemetry/sdk-trace') } as typeof esModules],
])('a tracing service, with an SDK of %s', (_kind, sdk) => {
  afterEach(() => sdk.trace.disable());

  function register(): () => string[] {
    const kept = new sdk.InMemorySpanExporter();
    const spanProcessors = [new sdk.SimpleSpanProcessor({ exporter: kept })];
    sdk.trace.setGlobalTracerProvider(new sdk.TracerProvider({ spanProcessors }));
    return () => kept.getFinishedSpans().map(({ name }) => name);
  }

  it('traces if it was made after the SDK', async () => {
    const names = register();
    await (await createTracing()).startActiveSpan('work', () => undefined);
    expect(names()).toEqual(['work']);
  });

  it.each([true, false])(
    'traces if it was made before the SDK (and used: %s), and not for one that is gone',
    async (isUsed) => {
      const tracing = await createTracing();
      if (isUsed) await tracing.startActiveSpan('too early', () => undefined);
      const first = register();
      await tracing.startActiveSpan('one', () => undefined);
      sdk.trace.disable();
      await tracing.startActiveSpan('between', () => undefined);
      const second = register();
      await tracing.startActiveSpan('two', () => undefined);
      expect([first(), second()]).toEqual([['one'], ['two']]);
    },
  );
});
