import { unusableAnswer } from '../errors.ts';
import type { Integrations } from './integrations.ts';
import { matchPath, placeByPath } from './place.ts';
import type { RepositoryHost } from './repository-host.ts';

type Part = 'project' | 'ref' | 'path';
const PATH = /^\/(?<project>.+?)(?:\.git)?(?:(?:\/-)?\/(?:blob|tree|raw|edit)\/(?<ref>[^/]+)(?:\/(?<path>.+?))?)?\/*$/;
const ARTIFACTS = '/-/jobs/artifacts/';

/** GitLab, of gitlab.com or one's own, which may be below a path. */
export function createGitlabHost({ module, all }: Integrations, hostname: string): RepositoryHost {
  const integration = all.gitlab.byHost(hostname)!;
  const { config } = integration;
  const basePath = module.getGitLabIntegrationRelativePath(config);
  const projectUrl = (project: string): string =>
    `${config.apiBaseUrl}/projects/${encodeURIComponent(decodeURIComponent(project.replace(`${basePath.slice(1)}/`, '')))}`;

  return {
    // Waits and repeats as `integrations.gitlab[].retry` says.
    fetch: (url, init) => integration.fetch(url, init),

    locate: (url) => placeByPath(url, matchPath<Part>(url, PATH).path ?? ''),

    async file(url, { token }) {
      const { headers } = module.getGitLabRequestOptions(config, token);
      if (!url.includes(ARTIFACTS)) return { url: await module.getGitLabFileFetchUrl(url, config, token), headers };
      const address = new URL(url);
      const [project = '', artifact = ''] = address.pathname.slice(basePath.length + 1).split(ARTIFACTS);
      address.pathname = `${basePath}/api/v4/projects/${encodeURIComponent(project)}/jobs/artifacts/${artifact}`;
      // The ETag of an artifact says nothing about what is in it.
      return { url: address.href, headers, isConditional: false };
    },

    async snapshot(url, call) {
      const { headers } = module.getGitLabRequestOptions(config, call.token);
      const { project = '', ref, path } = matchPath<Part>(url, PATH);
      const api = projectUrl(project);
      const { default_branch } = await call.json<{ readonly default_branch: string }>({ url: api, headers });
      const branch = ref === undefined ? default_branch : decodeURIComponent(ref);
      const folder = path === undefined ? undefined : decodeURIComponent(path);
      const commits = `${api}/repository/commits?${query({ ref_name: branch, path: folder })}`;
      const list = await call.json<readonly { readonly id: string }[]>({ url: commits, headers });
      if (!Array.isArray(list)) throw unusableAnswer(new URL(commits));
      return {
        revision: (list as readonly { readonly id: string }[])[0]?.id ?? '',
        archive: {
          url: `${api}/repository/archive?${query({ sha: branch, path: folder })}`,
          // GitLab refuses to send archives to pages of other sites, as which `fetch` introduces itself.
          headers,
          mode: 'same-origin',
          format: 'tar',
          subpath: folder,
        },
      };
    },
  };
}

function query(parameters: Readonly<Record<string, string | undefined>>): string {
  return String(
    new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => !!entry[1])),
  );
}
