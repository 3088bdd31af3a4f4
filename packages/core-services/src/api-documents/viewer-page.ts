import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Endpoint, EndpointAnswer } from '../http-server/root-routes.ts';
import { noViewer } from './errors.ts';

/** Where the page is found. Everything that it consists of lies below. */
export const VIEWER_PATH = '/docs';

/** The page's own files. */
const OWN_FILES = join(
  dirname(createRequire(import.meta.url).resolve('@bulkhead/core-services/package.json')),
  'pages/docs',
);

/**
 * All that the page may do: run scripts and styles that this host serves, and call this host. Styles in attributes are
 * what the viewer lays its parts out with; they cannot load anything, since images come from here as well.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A file below {@link VIEWER_PATH}. */
interface PageFile {
  readonly contentType: string;
  /** `viewer`: out of the package `swagger-ui-dist`. */
  readonly from: 'own' | 'viewer';
  readonly name: string;
}

const FILES: Readonly<Record<string, PageFile>> = {
  '': { contentType: 'text/html; charset=utf-8', from: 'own', name: 'page.html' },
  '/page.js': { contentType: 'text/javascript; charset=utf-8', from: 'own', name: 'page.js' },
  '/page.css': { contentType: 'text/css; charset=utf-8', from: 'own', name: 'page.css' },
  '/viewer.js': { contentType: 'text/javascript; charset=utf-8', from: 'viewer', name: 'swagger-ui-bundle.js' },
  '/viewer.css': { contentType: 'text/css; charset=utf-8', from: 'viewer', name: 'swagger-ui.css' },
  '/icon.png': { contentType: 'image/png', from: 'viewer', name: 'favicon-32x32.png' },
};

/** The links of the page are relative to a path without a slash at its end. */
const TO_THE_PAGE: EndpointAnswer = { status: 308, body: undefined, headers: { Location: '../docs' } };

/**
 * A page that shows the documents of the host and tries operations out, by path. Its files are read on first need.
 *
 * @param origin - URL of a file; the package of the viewer is looked for from there
 */
export function createViewerEndpoints(origin: string = import.meta.url): ReadonlyMap<string, Endpoint> {
  const entries = Object.entries(FILES).map(([path, file]) => [`${VIEWER_PATH}${path}`, serve(file, origin)] as const);
  return new Map<string, Endpoint>([...entries, [`${VIEWER_PATH}/`, () => TO_THE_PAGE]]);
}

function serve(file: PageFile, origin: string): Endpoint {
  let content: Promise<EndpointAnswer> | undefined;
  return async () => {
    // Even for the page itself, which would be empty without the viewer.
    const folder = viewerFolder(origin);
    content ??= answerWith(file, file.from === 'own' ? OWN_FILES : folder);
    return content;
  };
}

async function answerWith({ contentType, name }: PageFile, folder: string): Promise<EndpointAnswer> {
  return {
    status: 200,
    body: await readFile(join(folder, name)),
    headers: {
      'Content-Type': contentType,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      // Asked for again after an update at the latest an hour later; the page itself each time.
      'Cache-Control': name === 'page.html' ? 'no-store' : 'private, max-age=3600',
    },
  };
}

/** @throws NotFoundError `ERR_API_DOCUMENTS_NO_VIEWER` */
function viewerFolder(origin: string): string {
  try {
    return dirname(createRequire(origin).resolve('swagger-ui-dist/package.json'));
  } catch (error) {
    throw noViewer(error);
  }
}
