import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '@bulkhead/types';
import { packTar } from './archives.ts';
import { type FakeRepository, sendJson, sendStatus } from './fake-repository.ts';

/** How a kind of host answers, and what configures it. */
export interface FakeHost {
  /** Below `integrations`. */
  readonly key: string;
  config(origin: string, host: string): JsonObject;
  /** The page of a file, or a pattern. */
  page(origin: string, path: string): string;
  answer(question: FakeQuestion): unknown;
  /** What stands in the header of requests, with the credentials of `config`. */
  readonly credentials: string;
}

/** A request to a fake host. */
export interface FakeQuestion {
  readonly repository: FakeRepository;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly origin: string;
  /** Decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** What follows `start` in a path; `undefined` if it does not start so. */
function after(path: string, start: string): string | undefined {
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

const base64 = (content: string): string => Buffer.from(content).toString('base64');

export const github: FakeHost = {
  key: 'github',
  credentials: 'Bearer configured',
  config: (origin, host) => ({ host, apiBaseUrl: `${origin}/api/v3`, token: 'configured' }),
  page: (origin, path) => `${origin}/owner/repo/blob/main/${path}`,
  async answer({ repository, request, response, origin, path }) {
    const { revision } = repository;
    const api = after(path, '/api/v3/repos/owner/repo/');
    if (api === `commits/main/status`) {
      const links = {
        archive_url: `${origin}/api/v3/repos/owner/repo/{archive_format}{/ref}`,
        trees_url: `${origin}/api/v3/repos/owner/repo/git/trees{/sha}`,
      };
      return sendJson(response, { sha: revision, repository: links });
    }
    if (api === `tarball/${revision}`) return response.writeHead(302, { location: `${origin}/codeload` }).end();
    if (path === '/codeload') return response.end(await repository.tar('owner-repo-0123456'));
    if (api === `git/trees/${revision}`) {
      const tree = [...repository.files.keys()].map((file) => ({
        type: 'blob',
        path: file,
        url: `${origin}/api/v3/repos/owner/repo/blobs/${file}`,
      }));
      return sendJson(response, { tree, truncated: repository.files.has('truncated') });
    }
    const blob = after(path, '/api/v3/repos/owner/repo/blobs/');
    if (blob) return sendJson(response, { content: base64(repository.files.get(blob)!) });
    const file = after(path, '/api/v3/repos/owner/repo/contents/');
    return file ? repository.sendFile(request, response, file) : sendStatus(response, 404);
  },
};

export const gitlab: FakeHost = {
  key: 'gitlab',
  credentials: 'Bearer configured',
  config: (origin, host) => ({
    host,
    apiBaseUrl: `${origin}/below/api/v4`,
    baseUrl: `${origin}/below`,
    token: 'configured',
  }),
  page: (origin, path) => `${origin}/below/group/inner/repo/-/blob/main/${path}`,
  async answer({ repository, request, response, path, query }) {
    const project = '/below/api/v4/projects/group/inner/repo';
    if (path === project) return sendJson(response, { default_branch: 'main' });
    if (path === `${project}/repository/commits`) return sendJson(response, [{ id: repository.revision }]);
    if (path === `${project}/repository/archive`) {
      const { 'sec-fetch-mode': mode } = request.headers;
      if (mode !== 'same-origin') return sendStatus(response, 406);
      return response.end(await repository.tar('repo-main-folder', query.get('path') ?? ''));
    }
    const artifact = after(path, `${project}/jobs/artifacts/main/raw/`);
    if (artifact) return repository.sendFile(request, response, artifact);
    const file = after(path, `${project}/repository/files/`);
    return file ? repository.sendFile(request, response, file.replace(/\/raw$/, '')) : sendStatus(response, 404);
  },
};

export const bitbucketServer: FakeHost = {
  key: 'bitbucketServer',
  credentials: 'Bearer configured',
  config: (origin, host) => ({ host, apiBaseUrl: `${origin}/rest/api/1.0`, token: 'configured' }),
  page: (origin, path) => `${origin}/projects/owner/repos/repo/browse/${path}`,
  async answer({ repository, request, response, path, query }) {
    const api = after(path, '/rest/api/1.0/projects/owner/repos/repo/');
    if (api === 'branches/default') return sendJson(response, { displayId: 'main', latestCommit: repository.revision });
    if (api === 'branches') {
      const values = ['main-2', query.get('filterText')].map((displayId) => ({
        displayId,
        latestCommit: repository.revision,
      }));
      return sendJson(response, { size: values.length, values });
    }
    if (api === 'archive') return response.end(await repository.tar('owner-repo', query.get('path') ?? ''));
    const file = after(api ?? '', 'raw/');
    return file ? repository.sendFile(request, response, file) : sendStatus(response, 404);
  },
};

export const azure: FakeHost = {
  key: 'azure',
  credentials: `Basic ${base64(':configured')}`,
  config: (_origin, host) => ({ host, credentials: [{ personalAccessToken: 'configured' }] }),
  page: (origin, path) => `${origin}/org/project/_git/repo?version=GBmain&path=/${path}`,
  answer({ repository, request, response, path, query }) {
    const api = after(path, '/org/project/_apis/git/repositories/repo/');
    if (api === 'commits') return sendJson(response, { value: [{ commitId: repository.revision }] });
    if (api !== 'items') return sendStatus(response, 404);
    if (query.get('download') !== 'true') {
      return repository.sendFile(request, response, query.get('path')!.replace(/^\//, ''));
    }
    const folder = (query.get('scopePath') ?? '').replace(/^\//, '');
    const outer = folder.slice(0, folder.lastIndexOf('/') + 1);
    return response.end(repository.zip((name) => name.slice(outer.length), folder));
  },
};

export const gerrit: FakeHost = {
  key: 'gerrit',
  credentials: `Basic ${base64('me:configured')}`,
  config: (origin, host) => ({
    host,
    baseUrl: origin,
    gitilesBaseUrl: `${origin}/gitiles`,
    username: 'me',
    password: 'configured',
  }),
  page: (origin, path) => `${origin}/gitiles/some/repo/+/refs/heads/main/${path}`,
  async answer({ repository, request, response, path, query }) {
    const prefix = ")]}'\n";
    const branch = after(path, '/a/projects/some/repo/branches/main');
    if (branch === '') return sendJson(response, { revision: repository.revision }, prefix);
    const archive = after(path, '/a/gitiles/some/repo/+archive/refs/heads/main');
    if (archive !== undefined) {
      const folder = archive.replace(/^\/|\.tar\.gz$/g, '');
      const inner = repository.below(folder).map(([name, text]) => [name.slice(folder.length + 1), text] as const);
      return response.end(await packTar(inner));
    }
    if (query.get('format') === 'JSON') {
      return sendJson(
        response,
        { entries: [...repository.files.keys()].map((name) => ({ type: 'blob', name })) },
        prefix,
      );
    }
    const file = /^\/files\/(.*)\/content$/.exec(branch ?? '')?.[1];
    return file ? repository.sendFile(request, response, file, base64) : sendStatus(response, 404);
  },
};

export const gitea: FakeHost = {
  key: 'gitea',
  credentials: 'token configured',
  config: (origin, host) => ({ host, baseUrl: origin, password: 'configured' }),
  page: (origin, path) => `${origin}/owner/repo/src/branch/main/${path}`,
  async answer({ repository, request, response, path }) {
    const api = after(path, '/api/v1/repos/owner/repo/');
    if (api === 'git/commits/main') return sendJson(response, { sha: repository.revision });
    if (api === 'archive/main.tar.gz') return response.end(await repository.tar('repo'));
    const file = after(api ?? '', 'contents/');
    const encode = (content: string): string => JSON.stringify({ encoding: 'base64', content: base64(content) });
    return file ? repository.sendFile(request, response, file, encode) : sendStatus(response, 404);
  },
};

export const bitbucketCloud: FakeHost = {
  key: 'bitbucketCloud',
  credentials: `Basic ${base64('me:configured')}`,
  config: () => ({ username: 'me', appPassword: 'configured' }),
  page: (_origin, path) => `https://bitbucket.org/owner/repo/src/main/${path}`,
  async answer({ repository, request, response, path }) {
    if (path === '/owner/repo/get/main.tar.gz') return response.end(await repository.tar('owner-repo-01'));
    const api = after(path, '/2.0/repositories/owner/repo/');
    if (api === 'commits/main') return sendJson(response, { values: [{ hash: repository.revision }] });
    const file = after(api ?? '', 'src/main/');
    return file ? repository.sendFile(request, response, file) : sendStatus(response, 404);
  },
};

export const harness: FakeHost = {
  key: 'harness',
  credentials: 'Bearer configured',
  config: () => ({ host: 'app.harness.io', token: 'configured' }),
  page: (_origin, path) =>
    `https://app.harness.io/ng/account/me/module/code/orgs/org/projects/project/repos/repo/files/main/~/${path}`,
  answer({ repository, request, response, path }) {
    const api = after(path, '/gateway/code/api/v1/repos/me/org/project/repo/+/');
    if (api === 'content') return sendJson(response, { latest_commit: { sha: repository.revision } });
    if (api === 'archive/main.zip') return response.end(repository.zip());
    const file = after(api ?? '', 'raw/');
    return file ? repository.sendFile(request, response, file) : sendStatus(response, 404);
  },
};
