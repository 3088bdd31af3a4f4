import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadRequest, LoadTarget } from '../../src/load.ts';

const NEW_ITEM = join(import.meta.dirname, '../../hosts/new-item.json');

/** A body of 1 KB. */
const newItem = JSON.stringify(JSON.parse(readFileSync(NEW_ITEM, 'utf8')));

/** What the application is asked, and what it answers to that. */
export interface Exchange {
  readonly request: LoadRequest;
  readonly status: number;
  readonly body: string;
}

/** Of a contract, where the host knows contracts. */
export const GET: Exchange = getOf('/api/target/items/1');

/** The same, which takes credentials. */
export const GUARDED: Exchange = getOf('/api/target/guarded/1');

/** Of a plugin in Express. */
export const EXPRESS: Exchange = getOf('/api/express/items/1');

/** Of a contract, with a body that is validated. */
export const POST: Exchange = {
  request: {
    path: '/api/target/items',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: newItem,
  },
  status: 201,
  body: '{"id":"2","title":"A new item","done":false}',
};

/** The same exchange with a token. */
export function withToken({ request, ...answer }: Exchange, token: string): Exchange {
  return { ...answer, request: { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } } };
}

/** A token that a plugin has got for calls to `target`, of hosts that issue such. */
export async function tokenOf({ port }: LoadTarget): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/caller/token`);
  return ((await response.json()) as { readonly token: string }).token;
}

function getOf(path: string): Exchange {
  return { request: { path }, status: 200, body: '{"id":"1","title":"An item","done":false}' };
}
