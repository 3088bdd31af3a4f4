import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { matchPath, placeByPath, withToken } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

type Part = 'kind' | 'owner' | 'name' | 'path';
const PATH =
  /\/(?<kind>projects|users)\/(?<owner>[^/]+)\/repos\/(?<name>[^/]+)(?:\/(?:browse|raw|src)(?:\/(?<path>.+?))?)?\/*$/;

interface Branch {
  readonly displayId?: string;
  readonly latestCommit?: string;
}

/** Bitbucket Server and Data Center. */
export function createBitbucketServerHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.bitbucketServer.byHost(hostname)!;
  const headersFor = (token: string | undefined) =>
    withToken(token, module.getBitbucketServerRequestOptions(config).headers);

  return {
    locate: (url) => placeByPath(url, matchPath<Part>(url, PATH).path ?? ''),

    file: async (url, { token }) => ({
      url: module.getBitbucketServerFileFetchUrl(url, config),
      headers: headersFor(token),
    }),

    async snapshot(url, call) {
      const { kind, name, path, ...parts } = matchPath<Part>(url, PATH);
      // The API knows what belongs to a user as a project of that form.
      const owner = kind === 'users' ? `~${parts.owner}` : parts.owner;
      const headers = headersFor(call.token);
      const api = `${config.apiBaseUrl}/projects/${owner}/repos/${name}`;
      const ref = new URL(url).searchParams.get('at')?.replace(/^refs\/heads\//, '');
      const branches = `${api}/branches${ref ? `?filterText=${encodeURIComponent(ref)}` : '/default'}`;
      const answer = await call.json<Branch & { readonly values?: readonly Branch[] }>({ url: branches, headers });
      const branch = answer.values?.find(({ displayId }) => displayId === ref) ?? answer;
      if (!branch.latestCommit) throw unusableAnswer(new URL(branches));
      const folder = path === undefined ? '' : decodeURIComponent(path);
      const at = encodeURIComponent(ref ?? branch.displayId ?? branch.latestCommit);
      const limit = folder && `&path=${encodeURIComponent(folder)}`;
      return {
        revision: branch.latestCommit.slice(0, 12),
        archive: {
          url: `${api}/archive?format=tgz&at=${at}&prefix=${owner}-${name}${limit}`,
          headers,
          format: 'tar',
          subpath: folder,
        },
      };
    },
  };
}
