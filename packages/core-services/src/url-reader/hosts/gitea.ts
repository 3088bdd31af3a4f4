import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { placeByPath, withToken } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

/** Gitea, and Forgejo. */
export function createGiteaHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.gitea.byHost(hostname)!;
  const headersFor = (token: string | undefined) => withToken(token, module.getGiteaRequestOptions(config).headers);

  return {
    locate: (url) => placeByPath(url, module.parseGiteaUrl(config, url).path),

    async file(url, { token }) {
      const address = module.getGiteaFileContentsUrl(config, url);
      return {
        url: address,
        headers: headersFor(token),
        decode(body) {
          const { encoding, content } = JSON.parse(String(body)) as {
            readonly encoding?: string;
            readonly content: string;
          };
          if (encoding !== 'base64') throw unusableAnswer(new URL(address));
          return Buffer.from(content, 'base64');
        },
      };
    },

    async snapshot(url, call) {
      const headers = headersFor(call.token);
      const commit = module.getGiteaLatestCommitUrl(config, url);
      const { sha } = await call.json<{ readonly sha?: string }>({ url: commit, headers });
      if (!sha) throw unusableAnswer(new URL(commit));
      const { path } = module.parseGiteaUrl(config, url);
      return {
        revision: sha,
        archive: {
          url: module.getGiteaArchiveUrl(config, url),
          headers,
          format: 'tar',
          subpath: decodeURIComponent(path).replace(/\/+$/, ''),
        },
      };
    },
  };
}
