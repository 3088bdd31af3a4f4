import { describe, expect, it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express, { type ErrorRequestHandler, type Handler, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { openPlugin } from './foreign-plugin.ts';
import { runFixture } from './run-fixture.ts';
import { secondExpress } from './second-express.ts';

const reject: Handler = async () => {
  await Promise.resolve();
  throw Object.assign(new Error('Not now'), { name: 'ServiceUnavailableError' });
};

async function get(path: string, ...handlers: Handler[]) {
  const { anonymous, logs, host } = await startTestBackend({ features: [openPlugin('todo', ...handlers)] });
  const { status, body } = await anonymous.get(`/api/todo${path}`);
  return { status, body: body as unknown, logs, host };
}

describe('a handler that rejects', () => {
  it('is answered, wherever it stands', async () => {
    const inner = express.Router();
    inner.get('/deep', reject);
    const other = secondExpress.Router();
    other.get('/other', reject);
    const app = secondExpress();
    app.get('/app', reject);
    const promised = PromiseRouter();
    const plainBelow = secondExpress.Router();
    plainBelow.get('/below', reject);
    promised.use(plainBelow as never);
    promised.get('/promised', reject as never);
    const router = express.Router();
    router.get('/flat', reject);
    router.use(inner, other, app, promised as never);
    const { anonymous, host } = await startTestBackend({ features: [openPlugin('todo', router)] });
    for (const path of ['/flat', '/deep', '/other', '/app', '/promised', '/below']) {
      expect([path, (await anonymous.get(`/api/todo${path}`)).status]).toEqual([path, 503]);
    }
    expect(host.getPlugin('todo')?.faultCount).toBe(0);
  });

  it('is answered when it was added after its router was', async () => {
    const router: Router = secondExpress.Router();
    const late = openPlugin('todo', router);
    router.get('/x', reject);
    const { anonymous } = await startTestBackend({ features: [late] });
    router.get('/y', reject);
    expect((await anonymous.get('/api/todo/x')).status).toBe(503);
    expect((await anonymous.get('/api/todo/y')).status).toBe(503);
  });

  it('is answered when it is all there is', async () => {
    expect((await get('/x', reject)).status).toBe(503);
  });

  it('is answered when it looks after a parameter', async () => {
    const router = express.Router();
    router.param('id', reject as never);
    router.get('/:id', (_req, res) => void res.send('never'));
    expect((await get('/1', router)).status).toBe(503);
  });

  it('is answered when it handles errors', async () => {
    const handle: ErrorRequestHandler = async (error: Error, _req, _res, _next) => {
      await Promise.resolve();
      throw Object.assign(new Error('translated', { cause: error }), { status: 418 });
    };
    const router = express.Router();
    router.get('/x', reject);
    router.use(handle);
    expect(await get('/x', router)).toMatchObject({ status: 418, body: { error: { message: 'translated' } } });
  });

  it('is answered when it rejects with nothing', async () => {
    const { status, logs } = await get('/x', async () => {
      await Promise.resolve();
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- What JavaScript allows.
      throw undefined;
    });
    expect(status).toBe(500);
    expect(JSON.stringify(logs.lines)).toContain('ERR_INTEROP_EMPTY_REJECTION');
  });

  it('reaches the error handlers of the plugin once', async () => {
    const seen: string[] = [];
    const count: ErrorRequestHandler = (error: Error, _req, _res, next) => {
      seen.push(error.message);
      next(error);
    };
    const promised = PromiseRouter();
    promised.get('/x', reject as never);
    promised.use(count as never);
    expect((await get('/x', promised as never)).status).toBe(503);
    expect(seen).toEqual(['Not now']);
  });
});

describe('a handler that rejects when it has answered, or has passed the request on', () => {
  it('is charged to its plugin, and disturbs nobody', async () => {
    expect(await runFixture('late-rejections')).toEqual({
      answers: [{ fine: true }, { fine: true }],
      strays: [
        ['todo', 'after /answers'],
        ['todo', 'after /passes'],
      ],
    });
  });
});
