import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { withToken } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

/** Azure DevOps, of the cloud or one's own. */
export function createAzureHost({ module, all }: Integrations): RepositoryHost {
  const provider = module.DefaultAzureDevOpsCredentialsProvider.fromIntegrations(all);
  const headersFor = async (url: string, token: string | undefined) =>
    withToken(token, token ? {} : (await provider.getCredentials({ url }))?.headers);

  return {
    // Those who are unknown get a page to sign in.
    unauthenticatedStatus: 203,

    locate(url) {
      const path = (new URL(url).searchParams.get('path') ?? '').replace(/^\/+|\/+$/g, '');
      return {
        path,
        at(other) {
          const target = new URL(url);
          if (other === '') target.searchParams.delete('path');
          else target.searchParams.set('path', `/${other}`);
          return target.href;
        },
      };
    },

    async file(url, { token }) {
      const address = module.getAzureFileFetchUrl(url);
      return { url: address, headers: await headersFor(address, token) };
    },

    async snapshot(url, call) {
      const headers = await headersFor(url, call.token);
      const commits = module.getAzureCommitsUrl(url);
      const answer = await call.json<{ readonly value?: readonly { readonly commitId: string }[] }>({
        url: commits,
        headers,
      });
      const revision = answer.value?.[0]?.commitId;
      if (!revision) throw unusableAnswer(new URL(commits));
      const path = new URL(url).searchParams.get('path') ?? '';
      return {
        revision,
        archive: {
          url: module.getAzureDownloadUrl(url),
          headers: { ...headers, accept: 'application/zip' },
          format: 'zip',
          // The archive of a folder has it by its own name.
          subpath: path.split('/').filter(Boolean).at(-1),
        },
      };
    },
  };
}
