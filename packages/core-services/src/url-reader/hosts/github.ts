import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { encodePath, matchPath, placeByPath, withToken } from './place.ts';
import type { HostCall, ListedFile, RepositoryHost } from './repository-host.ts';

type Part = 'owner' | 'name' | 'ref' | 'path';
const PATH =
  /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(?:\.git)?(?:\/(?:blob|tree|raw|edit)\/(?<ref>[^/]+)(?:\/(?<path>.+?))?)?\/*$/;

interface CommitStatus {
  readonly sha: string;
  readonly repository: { readonly archive_url: string; readonly trees_url: string };
}

interface Tree {
  readonly truncated: boolean;
  readonly tree: readonly { readonly type: string; readonly path?: string; readonly url?: string }[];
}

/** GitHub, and GitHub Enterprise. */
export function createGithubHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.github.byHost(hostname)!;
  const provider = module.DefaultGithubCredentialsProvider.fromIntegrations(all);
  const credentialsFor = async (url: string, token: string | undefined) =>
    token ? { type: 'token' as const, token, headers: withToken(token, {}) } : provider.getCredentials({ url });

  return {
    locate: (url) => placeByPath(url, matchPath<Part>(url, PATH).path ?? ''),

    async file(url, { token }) {
      const credentials = await credentialsFor(url, token);
      const { headers } = credentials;
      const address = module.getGithubFileFetchUrl(url, config, { ...credentials, headers: { ...headers } });
      return { url: address, headers: { ...headers, accept: 'application/vnd.github.v3.raw' } };
    },

    async snapshot(url, call) {
      const { owner, name, ref, path } = matchPath<Part>(url, PATH);
      const { headers } = await credentialsFor(url, call.token);
      const repository = `${config.apiBaseUrl}/repos/${owner}/${name}`;
      const branch =
        ref ?? encodePath((await call.json<{ default_branch: string }>({ url: repository, headers })).default_branch);
      const status = `${repository}/commits/${branch}/status?per_page=0`;
      const { sha, repository: links } = await call.json<CommitStatus>({ url: status, headers });
      if (!sha || !links) throw unusableAnswer(new URL(status));
      return {
        revision: sha,
        archive: {
          url: links.archive_url.replace('{archive_format}', 'tarball').replace('{/ref}', `/${sha}`),
          headers,
          format: 'tar',
          subpath: decodeURIComponent(path ?? ''),
        },
        list: () => listFiles(call, links.trees_url.replace('{/sha}', `/${sha}?recursive=true`), headers),
      };
    },
  };
}

async function listFiles(
  call: HostCall,
  url: string,
  headers: Readonly<Record<string, string>> | undefined,
): Promise<readonly ListedFile[] | undefined> {
  const { truncated, tree } = await call.json<Tree>({ url, headers });
  if (truncated) return undefined;
  return tree.flatMap((item) =>
    item.type === 'blob' && item.path && item.url
      ? [{ path: item.path, file: { url: item.url, headers, decode: readBlob } }]
      : [],
  );
}

function readBlob(body: Buffer): Buffer {
  return Buffer.from((JSON.parse(String(body)) as { readonly content: string }).content, 'base64');
}
