import { setTimeout as delay } from 'node:timers/promises';
import { ENTITIES, STATIC_TOKEN } from './hosts.ts';
import { requestOf, ROUTES } from './routes.ts';

/** How long the catalog and the search may take to read the entities. */
const PATIENCE_MS = 60_000;

/** Signs a user in, lets the plugins take in what they are asked for later, and asks each route once. Gives the token. */
export async function fill(url: string): Promise<string> {
  const asService = { authorization: `Bearer ${STATIC_TOKEN}` };
  const { backstageIdentity } = (await ask(`${url}/api/auth/guest/refresh`, {
    headers: { 'x-requested-with': 'XMLHttpRequest' },
  })) as { readonly backstageIdentity: { readonly token: string } };
  const { token } = backstageIdentity;
  const asUser = { authorization: `Bearer ${token}` };
  for (let index = 0; index < 20; index++) {
    const payload = { title: `Notification ${index}`, description: 'Something has happened' };
    await send(`${url}/api/notifications`, 'POST', {
      headers: asService,
      body: { recipients: { type: 'broadcast' }, payload },
    });
  }
  await send(`${url}/api/user-settings/buckets/benchmark/keys/key`, 'PUT', {
    headers: asUser,
    body: { value: { theme: 'dark' } },
  });
  await until(async () => {
    const entities = await ask(`${url}/api/catalog/entities?filter=kind=component`, { headers: asService });
    return (entities as readonly unknown[]).length === ENTITIES;
  }, `${url}: the catalog did not read all entities`);
  await until(async () => {
    const found = await ask(`${url}/api/search/query?term=component`, { headers: asUser });
    return (found as { readonly numberOfResults: number }).numberOfResults === ENTITIES;
  }, `${url}: the search did not find all entities`);
  for (const route of ROUTES) await ask(`${url}${route.path}`, requestOf(route, token));
  return token;
}

async function until(isSo: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; !(await isSo()); await delay(250)) {
    if (Date.now() > deadline) throw new Error(otherwise);
  }
}

/** What is sent, as JSON. */
interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function send(url: string, method: string, { headers, body }: Message): Promise<unknown> {
  return ask(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function ask(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text.startsWith('{') || text.startsWith('[') ? (JSON.parse(text) as unknown) : text;
}
