import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { RootLoggerService } from '@bulkhead/backend-plugin-api';
import { createMutableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { attachCompanion } from '../root-config/config-companion.ts';
import { NoticeBoard } from '../root-config/notice-board.ts';
import { createRootLoggerServiceFactory } from './root-logger-service-factory.ts';

async function setUp(logger: JsonObject, password = 'hunter2') {
  const stream = new PassThrough();
  const mutable = createMutableConfig({ backend: { logger }, password });
  const notices = new NoticeBoard();
  const config = attachCompanion(mutable.config, {
    secrets: () => [mutable.config.getString('password')],
    listen: (listener) => notices.listen(listener),
  });
  notices.post({ level: 'warn', message: 'from before' });
  const service = (await createRootLoggerServiceFactory({ stream }).factory(
    { config },
    undefined,
  )) as RootLoggerService & AsyncDisposable;
  const text = (): string => String(stream.read() ?? '');
  return { service, text, notices, change: mutable.set };
}

describe('rootLoggerServiceFactory', () => {
  it('logs what the configuration has to say', async () => {
    const { text, notices } = await setUp({});
    notices.post({ level: 'info', message: 'changed' });
    expect(text()).toMatch(/warn {2}from before\n.* info {2}changed\n/);
  });

  it('follows the configuration: level, format and secrets', async () => {
    const { service, text, change } = await setUp({ level: 'warn' });
    const child = service.child({ plugin: 'todo' });
    text();
    child.info('unseen');
    change({ backend: { logger: { level: 'debug', format: 'json' } }, password: 'swordfish' });
    child.debug('swordfish');
    expect(text()).toMatch(/^{.*"level":"debug","message":"\*\*\*","plugin":"todo"}\n$/);
  });

  it('guesses the secrets of a configuration that was made by hand', async () => {
    const stream = new PassThrough();
    const { config, set } = createMutableConfig({ todo: { password: 'hunter2' } });
    const service = await createRootLoggerServiceFactory({ stream }).factory({ config }, undefined);
    service.info('hunter2');
    set({ todo: { token: 'swordfish' } });
    service.info('swordfish');
    expect(String(stream.read())).not.toMatch(/hunter2|swordfish/);
  });

  it('adds fields to every line, which the configuration can override', async () => {
    const stream = new PassThrough();
    const { config, set } = createMutableConfig({ backend: { logger: { format: 'json' } } });
    const meta = ({ format }: { format: string }) => ({ process: 'todo', format });
    const service = await createRootLoggerServiceFactory({ stream, meta }).factory({ config }, undefined);
    service.info('first');
    set({ backend: { logger: { format: 'json', meta: { process: 'other' } } } });
    service.info('second');
    const lines = String(stream.read()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'first', process: 'todo', format: 'json' },
      { message: 'second', process: 'other', format: 'json' },
    ]);
  });

  it('keeps its settings when new ones cannot be used, and says so', async () => {
    const { service, text, change } = await setUp({ level: 'debug' });
    change({ backend: { logger: { level: 'loud' } }, password: 'x' });
    service.debug('still there');
    expect(text()).toMatch(/cannot be used[^]*ERR_CONFIG_VALUE[^]*still there/);
  });

  it('follows no longer once it is disposed of', async () => {
    const { service, text, change } = await setUp({});
    await service[Symbol.asyncDispose]();
    change({ backend: { logger: { level: 'silent' } } });
    text();
    service.info('x');
    expect(text()).toContain('x');
  });
});
