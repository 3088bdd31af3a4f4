import { describe, expect, it } from '@jest/globals';
import type {
  Credentials,
  TracingService,
  TracingServiceAttributes,
  TracingServiceSpanKind,
  TracingServiceSpanStatus,
} from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A span that has ended. May have more. */
export interface TracedSpan {
  readonly name: string;
  readonly kind: TracingServiceSpanKind;
  readonly attributes: TracingServiceAttributes;
  readonly status: TracingServiceSpanStatus;
  /** The name of the span in which it was, if that is one of this process. */
  readonly parent?: string;
  readonly traceId: string;
}

/** Where a plugin traces, and what comes out of it. */
export interface TracingServiceSubject extends ContractSubject<TracingService> {
  /** The plugin that `service` serves. */
  readonly pluginId: string;
  /** Of any user. */
  readonly user: Credentials;
  /** The spans so far, in the order in which they ended. */
  spans(): readonly TracedSpan[];
}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CARRIER = { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01`, baggage: 'tenant=acme,who=a%20b' };

/** Contract of {@link TracingService}. */
export function describeTracingService(name: string, create: CreateSubject<TracingServiceSubject>): void {
  describe(`${name} as a TracingService`, () => {
    const subject = subjectPerTest(create);
    describeSpans(subject);
    describeContexts(subject);
  });
}

function describeSpans(subject: () => TracingServiceSubject): void {
  it('does the work in a span, and gives what comes of it', async () => {
    const { service, pluginId, spans } = subject();
    expect(await service.startActiveSpan('plain', () => 5)).toBe(5);
    const options = { kind: 'client', attributes: { a: 1, b: ['x'] } } as const;
    const work = service.startActiveSpan('told', { ...options, attributes: { a: 1, b: ['x'] } }, async (span) => {
      expect(spans()).toHaveLength(1);
      span.setAttribute('c', true);
      span.setStatus({ code: 'ok' });
      return 'done';
    });
    expect(await work).toBe('done');
    expect(spans()).toMatchObject([
      { name: 'plain', kind: 'internal', attributes: { 'backstage.plugin.id': pluginId }, status: { code: 'unset' } },
      { name: 'told', kind: 'client', attributes: { a: 1, b: ['x'], c: true }, status: { code: 'ok' } },
    ]);
  });

  it.each<[string, () => Promise<never>]>([
    ['rejects', () => Promise.reject(new TypeError('no'))],
    [
      'throws',
      () => {
        throw new TypeError('no');
      },
    ],
  ])('says so when the work %s, and throws it on', async (_how, work) => {
    const { service, spans } = subject();
    await expect(service.startActiveSpan('bad', work)).rejects.toThrow(new TypeError('no'));
    expect(spans()).toMatchObject([
      { attributes: { 'error.type': 'TypeError' }, status: { code: 'error', message: 'no' } },
    ]);
  });

  it('tells what kind of caller it was done for', async () => {
    const { service, user, spans } = subject();
    await service.startActiveSpan('for', { credentials: user }, () => 1);
    expect(spans()).toMatchObject([{ attributes: { 'backstage.principal.type': 'user' } }]);
  });

  it('puts a span into the one in which it begins', async () => {
    const { service, spans } = subject();
    await service.startActiveSpan('outer', async () => {
      await Promise.resolve();
      await Promise.all(['one', 'two'].map((name) => service.startActiveSpan(name, async () => undefined)));
    });
    const [one, two, outer] = spans();
    expect([one, two]).toMatchObject([
      { name: 'one', parent: 'outer', traceId: outer!.traceId },
      { name: 'two', parent: 'outer', traceId: outer!.traceId },
    ]);
    expect(outer!.parent).toBeUndefined();
  });
}

function describeContexts(subject: () => TracingServiceSubject): void {
  it('goes on with the trace that a caller brings', async () => {
    const { service, spans } = subject();
    const context = service.propagation.extract(service.context.active(), CARRIER);
    const result = await service.context.with(context, () => service.startActiveSpan('inner', () => 5));
    expect(result).toBe(5);
    expect(spans()).toMatchObject([{ name: 'inner', traceId: TRACE_ID }]);
    await service.startActiveSpan('outside', () => 5);
    expect(spans()[1]!.traceId).not.toBe(TRACE_ID);
  });

  it('shows the baggage that a caller brings', async () => {
    const { context, propagation } = subject().service;
    const extracted = propagation.extract(context.active(), CARRIER);
    const entries = [
      ['tenant', { value: 'acme' }],
      ['who', { value: 'a b' }],
    ];
    expect(propagation.getBaggage(extracted)!.getAllEntries()).toEqual(entries);
    expect(propagation.getActiveBaggage()).toBeUndefined();
    const active = await context.with(extracted, async () => {
      await Promise.resolve();
      return propagation.getActiveBaggage()!.getAllEntries();
    });
    expect(active).toEqual(entries);
  });

  it('takes carriers that bring nothing, or nothing of use', () => {
    const { context, propagation } = subject().service;
    for (const carrier of [{}, { traceparent: 'x', baggage: undefined }, { traceparent: ['a', 'b'] }]) {
      expect(propagation.getBaggage(propagation.extract(context.active(), carrier))).toBeUndefined();
    }
  });
}
