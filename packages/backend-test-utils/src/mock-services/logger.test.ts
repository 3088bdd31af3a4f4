import { describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { mockServices } from '../index.ts';

describe('mockServices.logger', () => {
  it('keeps lines of itself and its children', () => {
    const logger = mockServices.logger({ pluginId: 'todo' });
    const error = new TypeError('boom');
    logger.info('one', { a: 1 });
    logger.child({ task: 't' }).error('two', error);
    expect(logger.lines).toEqual([
      { level: 'info', message: 'one', meta: { plugin: 'todo', a: 1 }, pluginId: 'todo' },
      { level: 'error', message: 'two', meta: { plugin: 'todo', task: 't' }, error, pluginId: 'todo' },
    ]);
    expect(logger.messages('error')).toEqual(['two']);
    expect(logger.callsTo('info')).toEqual([['one', { a: 1 }]]);
    logger.clearLines();
    expect(logger.messages()).toEqual([]);
  });

  it('knows the plugin of a root line from the execution context', () => {
    const logger = mockServices.rootLogger();
    executionContext.run({ pluginId: 'todo' }, () => logger.warn('from inside'));
    expect(logger.lines[0]).toMatchObject({ pluginId: 'todo', meta: {} });
  });
});
