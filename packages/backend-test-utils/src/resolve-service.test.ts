import { describe, expect, it } from '@jest/globals';
import { coreServices, createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { createServiceTester, mockServices, provideService, resolveService } from './index.ts';

interface Greeter {
  readonly number: number;
  greet(): string;
}

const wordRef = createServiceRef<{ readonly word: string }>({ id: 'test.word', scope: 'root' });
const greeterRef = createServiceRef<Greeter>({ id: 'test.greeter' });
const disposed: number[] = [];

const greeterFactory = createServiceFactory({
  service: greeterRef,
  deps: {
    word: wordRef,
    logger: coreServices.logger,
    config: coreServices.config,
    plugin: coreServices.pluginMetadata,
    rootLogger: coreServices.rootLogger,
  },
  createRootContext: () => ({ made: 0 }),
  factory: ({ word, logger, config, plugin }, context) => {
    const number = ++context.made;
    return {
      number,
      greet() {
        logger.info('greeted');
        return `${word.word} from ${plugin.getId()}${config.getOptionalString('mark') ?? '.'}`;
      },
      [Symbol.asyncDispose]: async () => void disposed.push(number),
    };
  },
});

const deps = [provideService(wordRef, { word: 'Hello' })];

describe('resolveService', () => {
  it('makes a service, with mocks of the core services around it', async () => {
    const greeter = await resolveService(greeterFactory, { deps });
    expect(greeter.greet()).toBe('Hello from test.');
  });

  it('takes instances and factories for core services, and the id of the plugin', async () => {
    const logger = mockServices.logger();
    const config = mockServices.config.factory({ data: { mark: '!' } });
    const greeter = await resolveService(greeterFactory, { deps, pluginId: 'todo', services: { logger, config } });
    expect(greeter.greet()).toBe('Hello from todo!');
    expect(logger.messages()).toEqual(['greeted']);
  });

  it('says what is missing', async () => {
    await expect(resolveService(greeterFactory)).rejects.toMatchObject({
      message: expect.stringContaining('test.greeter'),
    });
  });
});

describe('createServiceTester', () => {
  it('makes one service per plugin, which share the root context', async () => {
    const tester = createServiceTester(greeterFactory, { deps });
    const [a, b] = await Promise.all([tester.get('a'), tester.get('b')]);
    expect([a.number, b.number].sort()).toEqual([1, 2]);
    expect(await tester.get('a')).toBe(a);
  });

  it('shows the services around', async () => {
    const tester = createServiceTester(greeterFactory, { deps });
    expect(await tester.getService(wordRef)).toEqual({ word: 'Hello' });
    expect(await tester.getService(createServiceRef({ id: 'test.unknown' }))).toBeUndefined();
  });

  it('disposes of what it has made', async () => {
    disposed.length = 0;
    {
      await using tester = createServiceTester(greeterFactory, { deps });
      await tester.get();
    }
    expect(disposed).toEqual([1]);
  });
});
