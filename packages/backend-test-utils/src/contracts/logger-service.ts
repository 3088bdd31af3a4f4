import { describe, expect, it } from '@jest/globals';
import { executionContext, type LoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A line that was written, as far as the contract looks at it. */
export interface LoggedLine {
  readonly level: string;
  readonly message: string;
  /** What was logged beside the message and what the logger adds. May have more. */
  readonly meta: JsonObject;
  /** The error that was logged, if one was. */
  readonly error?: { readonly name: string; readonly message: string };
  readonly pluginId?: string;
}

/** A logger that writes lines of all levels, and what it wrote. */
export interface LoggerServiceSubject extends ContractSubject<LoggerService> {
  /** The lines so far, in order. */
  lines(): readonly LoggedLine[];
}

/** Contract of {@link LoggerService}; `create` makes the logger of the plugin `todo`. */
export function describeLoggerService(name: string, create: CreateSubject<LoggerServiceSubject>): void {
  describe(`${name} as a LoggerService`, () => {
    const subject = subjectPerTest(create);
    describeLines(subject);

    it("adds the plugin's id, also in the context of another plugin", () => {
      const { service, lines } = subject();
      service.info('own');
      service.child({ part: 'db' }).info('child');
      executionContext.run({ pluginId: 'other' }, () => service.info('elsewhere'));
      expect(lines().map((line) => line.pluginId)).toEqual(['todo', 'todo', 'todo']);
    });
  });
}

/** Contract of the logger of the process. */
export function describeRootLoggerService(name: string, create: CreateSubject<LoggerServiceSubject>): void {
  describe(`${name} as a RootLoggerService`, () => {
    const subject = subjectPerTest(create);
    describeLines(subject);

    it('attributes a line to the plugin for which the code runs', () => {
      const { service, lines } = subject();
      service.info('host');
      executionContext.run({ pluginId: 'todo' }, () => service.info('plugin'));
      expect(lines().map((line) => line.pluginId)).toEqual([undefined, 'todo']);
    });

    it('makes the loggers of plugins', () => {
      const { service, lines } = subject();
      service.child({ plugin: 'todo' }).warn('x');
      expect(lines()[0]).toMatchObject({ level: 'warn', message: 'x', pluginId: 'todo' });
    });
  });
}

function describeLines(subject: () => LoggerServiceSubject): void {
  it('writes a line per call, in order', () => {
    const { service, lines } = subject();
    service.error('a');
    service.warn('b');
    service.info('c');
    service.debug('d');
    expect(lines().map(({ level, message }) => [level, message])).toEqual([
      ['error', 'a'],
      ['warn', 'b'],
      ['info', 'c'],
      ['debug', 'd'],
    ]);
  });

  it('takes fields beside the message', () => {
    const { service, lines } = subject();
    service.info('x', { todo: { id: 1 }, tags: ['a'], empty: null });
    expect(lines()[0]!.meta).toMatchObject({ todo: { id: 1 }, tags: ['a'], empty: null });
  });

  it('takes an error beside the message', () => {
    const { service, lines } = subject();
    service.warn('x', new TypeError('y'));
    expect(lines()[0]).toMatchObject({ message: 'x', error: { name: 'TypeError', message: 'y' } });
  });

  it('gives the fields of a child to its lines only', () => {
    const { service, lines } = subject();
    const child = service.child({ part: 'db', depth: 1 });
    child.child({ depth: 2 }).info('grandchild', { own: true });
    child.info('child');
    service.info('parent');
    expect(lines()[0]!.meta).toMatchObject({ part: 'db', depth: 2, own: true });
    expect(lines()[1]!.meta).toMatchObject({ part: 'db', depth: 1 });
    expect(lines()[2]!.meta).not.toHaveProperty('part');
  });

  it('survives fields that refer to themselves', () => {
    const { service, lines } = subject();
    const circle: JsonObject = {};
    circle.self = circle;
    service.info('x', circle);
    expect(lines()).toHaveLength(1);
  });
}
