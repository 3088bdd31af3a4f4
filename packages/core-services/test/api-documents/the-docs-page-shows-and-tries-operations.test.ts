import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Browser } from 'playwright-core';
import { createViewerEndpoints } from '../../src/api-documents/viewer-page.ts';
import type { Exchange } from '../../src/http-server/exchange.ts';
import { TOKEN, type TestHost } from '../http/test-host.ts';
import { chromiumPath, launchBrowser, openPage, type WatchedPage } from './browser.ts';
import { noteContract, routesOf, todoContract } from './contracts.ts';
import { startDocumentsHost, type DocumentsHostOptions } from './documents-host.ts';

const hosts: TestHost[] = [];
let browser: Browser;

afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
});

/** A host with a plugin that keeps todos, and one without a contract. */
async function start(options?: DocumentsHostOptions): Promise<TestHost> {
  const host = await startDocumentsHost(options);
  hosts.push(host);
  const todo = host.addPlugin('todo');
  const titles: string[] = [];
  todo.serve(routesOf(todoContract));
  todo.use(express.json());
  todo.use((request, response) => {
    const { title } = (request.body ?? {}) as { title?: string };
    titles.push(title ?? '');
    response.status(201).json({ id: '1', title });
  });
  host.addPlugin('note').serve(routesOf(noteContract));
  return host;
}

async function visit(url: string): Promise<WatchedPage> {
  const watched = await openPage(browser);
  await watched.page.goto(url);
  return watched;
}

describe('the files of the page', () => {
  it('may load and call nothing but this host', async () => {
    const { url } = await start();
    for (const path of ['', '/page.js', '/page.css', '/viewer.js', '/viewer.css', '/icon.png']) {
      const { status, headers } = await fetch(`${url}/docs${path}`);
      expect(status).toBe(200);
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; ");
      expect(policy).not.toMatch(/unsafe-eval|https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect((await fetch(`${url}/docs/package.json`)).status).toBe(404);
  });

  it('are found behind a slash, too', async () => {
    const { url } = await start();
    const { redirected, status, url: found } = await fetch(`${url}/docs/`);
    expect([redirected, status, found]).toEqual([true, 200, `${url}/docs`]);
  });
});

it('is not there without the package that it shows documents with', async () => {
  const endpoint = createViewerEndpoints('file:///nowhere/host.js').get('/docs')!;
  await expect(async () => endpoint({} as Exchange)).rejects.toMatchObject({
    statusCode: 404,
    code: 'ERR_API_DOCUMENTS_NO_VIEWER',
  });
});

(chromiumPath ? describe : describe.skip)('in Chromium, the page', () => {
  beforeAll(async () => {
    browser = await launchBrowser();
  });

  afterAll(() => browser.close());

  it('shows the operations of all plugins, or of one', async () => {
    const { url } = await start({ isPublic: true });
    const { page, errors, requests } = await visit(`${url}/docs`);
    await page.getByText('List todos').waitFor();
    expect(await page.locator('.opblock-summary-path').allInnerTexts()).toEqual([
      '/api/note',
      '/api/todo/todos',
      '/api/todo/todos',
      '/api/todo/status',
    ]);

    await page.locator('#plugin').selectOption('todo');
    await page.getByText('/todos', { exact: true }).first().waitFor();
    expect(page.url()).toBe(`${url}/docs?plugin=todo`);

    expect(errors).toEqual([]);
    expect(requests.filter((request) => !request.startsWith(url) && !request.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  it('asks for a token where the documents need one, and tries operations out with it', async () => {
    const { url } = await start();
    const { page, errors, requests } = await visit(`${url}/docs`);
    await page.getByText('The documents need a token').waitFor();
    // The browser itself writes down that a request was answered with 401.
    expect(errors).toEqual([expect.stringContaining('401')]);

    await page.locator('#token').fill(TOKEN);
    await page.getByRole('button', { name: 'Use' }).click();
    await page.getByText('Make a todo').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.locator('textarea.body-param__text').fill('{"title":"From the browser"}');
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table .response-col_status').filter({ hasText: '201' }).waitFor();
    expect(await page.locator('.live-responses-table').innerText()).toContain('From the browser');
    if (process.env.SCREENSHOT) {
      await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true });
    }

    expect(requests).toContain(`${url}/api/todo/todos`);
    expect(errors).toHaveLength(1);
    expect(requests.filter((request) => !request.startsWith(url) && !request.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  it('tries operations out under the name by which the browser knows the host', async () => {
    const { url } = await start({ isPublic: true });
    const local = url.replace('127.0.0.1', 'localhost');
    const { page, errors, requests } = await visit(`${local}/docs`);
    await page.getByText('Whether the plugin is well').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table').waitFor();
    expect(requests).toContain(`${local}/api/todo/status`);
    // The operation needs no token, but the plugin has not opened its path.
    expect(errors).toEqual([expect.stringContaining('401')]);
    await page.close();
  });

  it('says which plugins are missing', async () => {
    const { url } = await start({ isPublic: true, elsewhere: { digest: ['http://127.0.0.1:1/api/digest'] } });
    const { page, errors } = await visit(`${url}/docs`);
    await page.getByText('digest cannot be reached.').waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });
});
