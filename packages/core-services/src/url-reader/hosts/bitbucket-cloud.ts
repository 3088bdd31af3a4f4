import { invalidIntegrations, unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { encodePath, matchPath, placeByPath, withToken } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

type Part = 'owner' | 'name' | 'ref' | 'path';
const PATH = /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(?:\.git)?(?:\/(?:src|raw)\/(?<ref>[^/]+)(?:\/(?<path>.+?))?)?\/*$/;

interface Commits {
  readonly values?: readonly { readonly hash?: string }[];
}

/** Bitbucket Cloud. */
export function createBitbucketCloudHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.bitbucketCloud.byHost(hostname)!;
  refuseHalfCredentials(config);
  const headersFor = async (token: string | undefined) =>
    withToken(token, token ? {} : (await module.getBitbucketCloudRequestOptions(config)).headers);

  return {
    locate: (url) => placeByPath(url, matchPath<Part>(url, PATH).path ?? ''),

    file: async (url, { token }) => ({
      url: module.getBitbucketCloudFileFetchUrl(url, config),
      headers: await headersFor(token),
    }),

    async snapshot(url, call) {
      const { owner, name, ref, path } = matchPath<Part>(url, PATH);
      const headers = await headersFor(call.token);
      const api = `${config.apiBaseUrl}/repositories/${owner}/${name}`;
      const branch =
        ref ?? encodePath((await call.json<{ mainbranch: { name: string } }>({ url: api, headers })).mainbranch.name);
      const commits = `${api}/commits/${branch}`;
      const hash = (await call.json<Commits>({ url: commits, headers })).values?.[0]?.hash;
      if (!hash) throw unusableAnswer(new URL(commits));
      return {
        revision: hash.slice(0, 12),
        archive: {
          url: `${new URL(url).origin}/${owner}/${name}/get/${branch}.tar.gz`,
          headers,
          format: 'tar',
          subpath: decodeURIComponent(path ?? ''),
        },
      };
    },
  };
}

function refuseHalfCredentials(config: {
  readonly username?: string;
  readonly token?: string;
  readonly appPassword?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}): void {
  const { username, token, appPassword, clientId, clientSecret } = config;
  if (!clientId !== !clientSecret) throw invalidIntegrations('bitbucketCloud needs both clientId and clientSecret');
  if (username && !token && !appPassword) throw invalidIntegrations('bitbucketCloud has a username, but no token');
}
