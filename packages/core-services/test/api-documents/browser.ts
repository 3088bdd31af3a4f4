import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where Debian, Ubuntu, Alpine and others put Chromium, unless `CHROMIUM` says where it is. */
const EXECUTABLES = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is; `undefined` on machines without it. */
export const chromiumPath = EXECUTABLES.find((path) => path !== '' && existsSync(path));

/** A page, and what has happened in it that should not. */
export interface WatchedPage {
  readonly page: Page;
  /** What went to the console as an error, and errors that nobody caught. */
  readonly errors: readonly string[];
  /** The URLs of all requests. */
  readonly requests: readonly string[];
}

/** Starts a browser without a window. Without a sandbox, which root may not have. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Opens an empty page. */
export async function openPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      errors.push(message.text());
    }
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  return { page, errors, requests };
}
