import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { placeByPath, withToken } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

/** Harness Code. */
export function createHarnessHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const { config } = all.harness.byHost(hostname)!;
  const headersFor = (token: string | undefined) => withToken(token, module.getHarnessRequestOptions(config).headers);

  return {
    locate: (url) => placeByPath(url, module.parseHarnessUrl(config, url).path),

    file: async (url, { token }) => ({
      url: module.getHarnessFileContentsUrl(config, url),
      headers: headersFor(token),
    }),

    async snapshot(url, call) {
      const headers = headersFor(call.token);
      const content = module.getHarnessLatestCommitUrl(config, url);
      const { latest_commit } = await call.json<{ readonly latest_commit?: { readonly sha: string } }>({
        url: content,
        headers,
      });
      if (!latest_commit) throw unusableAnswer(new URL(content));
      return {
        revision: latest_commit.sha,
        archive: {
          url: module.getHarnessArchiveUrl(config, url),
          headers,
          format: 'zip',
          subpath: decodeURIComponent(module.parseHarnessUrl(config, url).path),
        },
      };
    },
  };
}
