import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Router } from 'express';
import { startTestHost, TOKEN, type TestHost } from '../../test/http/test-host.ts';

let host: TestHost;
let router: Router;

beforeEach(async () => {
  host = await startTestHost();
  router = express.Router();
  host.addPlugin('todo').use(router);
});

afterEach(() => host.stop());

async function get(path: string): Promise<string> {
  const client = await host.connect();
  return (await client.request(`GET ${path}`, { Authorization: `Bearer ${TOKEN}` }).response()).text;
}

describe('a response of an Express application', () => {
  it('is in that application and in no other', async () => {
    router.get('/x', (req, res) => void res.json(req.app === res.app));
    const other = express.Router();
    const apps: unknown[] = [];
    other.get('/x', (_req, res) => void res.json(apps.push(res.app)));
    router.use((_req, res) => void res.json(apps.push(res.app)));
    host.addPlugin('other').use(other);
    expect(await get('/api/todo/x')).toBe('true');
    await get('/api/other/x');
    await get('/api/todo/y');
    expect(new Set(apps).size).toBe(2);
  });

  it('has the prototype that its plugin chooses', async () => {
    router.get('/x', (req, res) => {
      const app = req.app as unknown as { response: object };
      app.response = Object.create(app.response, { mark: { value: 'chosen' } }) as object;
      res.send('set');
    });
    router.get('/y', (_req, res) => void res.send((res as unknown as { mark: string }).mark));
    expect(await get('/api/todo/x')).toBe('set');
    expect(await get('/api/todo/y')).toBe('chosen');
  });

  it('has what a plugin adds to the responses of its application, and that of no other plugin', async () => {
    router.get('/x', (req, res) => {
      const { response } = req.app as unknown as { response: { shout?: (this: typeof res, text: string) => void } };
      response.shout ??= function (text) {
        this.send(text.toUpperCase());
      };
      res.send('added');
    });
    const shout = (_req: unknown, res: express.Response): void => {
      const { shout: method } = res as unknown as { shout?: (text: string) => void };
      if (method) method.call(res, 'hello');
      else res.send('none');
    };
    router.get('/y', shout);
    host.addPlugin('other').use(express.Router().get('/y', shout));
    expect(await get('/api/todo/y')).toBe('none');
    expect(await get('/api/todo/x')).toBe('added');
    expect(await get('/api/todo/y')).toBe('HELLO');
    expect(await get('/api/other/y')).toBe('none');
  });

  it('is in an application inside of it, be that mounted or called', async () => {
    const inner = express();
    inner.set('json spaces', 1);
    inner.get('/x', (_req, res) => void res.json({ isInner: res.app === inner }));
    router.use('/plain', (req, res, next) => inner(req, res, next));
    host.addPlugin('mounting').use(inner);
    expect(await get('/api/mounting/x')).toBe('{\n "isInner": true\n}');
    expect(await get('/api/todo/plain/x')).toBe('{\n "isInner": true\n}');
  });

  it('has what is added to all responses of Express', async () => {
    const all = express.response as unknown as Record<string, unknown>;
    all.ofAll = () => 'yes';
    router.get('/x', (_req, res) => void res.send((res as unknown as { ofAll(): string }).ofAll()));
    expect(await get('/api/todo/x')).toBe('yes');
    delete all.ofAll;
  });
});
