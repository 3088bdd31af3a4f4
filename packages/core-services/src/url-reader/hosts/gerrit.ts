import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { encodePath, placeByPath, withToken } from './place.ts';
import type { HostCall, HostRequest, ListedFile, RepositoryHost } from './repository-host.ts';

/** What Gerrit puts before JSON, so that no page can run it as a script. */
const PREFIX = ")]}'";

interface GitilesTree {
  readonly entries?: readonly { readonly type: string; readonly name?: string }[];
}

/** Gerrit, whose repositories are shown by Gitiles. */
export function createGerritHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.gerrit
    .list()
    .find((integration) => new URL(integration.config.gitilesBaseUrl).host === hostname)!;
  const headersFor = (token: string | undefined) => withToken(token, module.getGerritRequestOptions(config).headers);
  const parse = (url: string) => module.parseGitilesUrlRef(config, url);
  const locate = (url: string) => placeByPath(url, parse(url).path);
  const file = (url: string, token: string | undefined) => ({
    url: module.getGerritFileContentsApiUrl(config, url),
    headers: headersFor(token),
    decode: (body: Buffer) => Buffer.from(String(body), 'base64'),
  });

  async function revisionOf(url: string, call: HostCall): Promise<string> {
    const { ref, refType } = parse(url);
    if (refType === 'sha') return ref;
    const address = module.getGerritBranchApiUrl(config, url);
    const { revision } = await readJson<{ readonly revision?: string }>(call, {
      url: address,
      headers: headersFor(call.token),
    });
    if (!revision) throw unusableAnswer(new URL(address));
    return revision;
  }

  async function list(url: string, call: HostCall): Promise<readonly ListedFile[]> {
    const root = locate(url).at('');
    const gitiles = root.replace(config.gitilesBaseUrl, module.getGitilesAuthenticationUrl(config));
    const { entries = [] } = await readJson<GitilesTree>(call, {
      url: `${gitiles}/?format=JSON&recursive`,
      headers: headersFor(call.token),
    });
    return entries.flatMap(({ type, name }) =>
      type === 'blob' && name ? [{ path: name, file: file(`${root}/${encodePath(name)}`, call.token) }] : [],
    );
  }

  return {
    locate,
    file: async (url, { token }) => file(url, token),
    snapshot: async (url, call) => ({
      revision: await revisionOf(url, call),
      archive: {
        url: module.buildGerritGitilesArchiveUrlFromLocation(config, url),
        headers: headersFor(call.token),
        format: 'tar',
        stripFirstDirectory: false,
      },
      list: () => list(url, call),
    }),
  };
}

async function readJson<T>(call: HostCall, request: HostRequest): Promise<T> {
  const text = await call.text(request);
  if (!text.startsWith(PREFIX)) throw unusableAnswer(new URL(request.url));
  return JSON.parse(text.slice(PREFIX.length)) as T;
}
