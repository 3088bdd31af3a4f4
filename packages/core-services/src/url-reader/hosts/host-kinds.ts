import type { Config } from '@bulkhead/config';
import type { BucketStorage } from '../buckets/bucket.ts';
import type { Integrations } from './integrations.ts';
import type { RepositoryHost } from './repository-host.ts';

/** A host, or a range of them, that an integration is for. */
export interface HostMatch {
  /** How the integration is found again: the name of the host, or of the account. */
  readonly id: string;
  matches(url: URL): boolean;
}

/** A kind of host that `integrations` can name. */
export interface HostKind {
  /** Its key below `integrations`. */
  readonly key: string;
  /** The hosts of the entries. Nothing is checked here: whoever reads from one learns what is wrong. */
  hosts(entries: readonly Config[]): readonly HostMatch[];
  /** Loads the code of the kind. */
  readonly create: { readonly repository: LoadHost<RepositoryHost> } | { readonly bucket: LoadHost<BucketStorage> };
}

type LoadHost<T> = () => Promise<(integrations: Integrations, id: string) => T>;

/** In the order in which they are asked. Hosts that the public knows are there whenever their kind is configured. */
export const HOST_KINDS: readonly HostKind[] = [
  {
    key: 'azure',
    hosts: byHost('dev.azure.com'),
    create: { repository: async () => (await import('./azure.ts')).createAzureHost },
  },
  {
    key: 'bitbucketCloud',
    hosts: byHost('bitbucket.org'),
    create: { repository: async () => (await import('./bitbucket-cloud.ts')).createBitbucketCloudHost },
  },
  {
    key: 'bitbucketServer',
    hosts: byHost(),
    create: { repository: async () => (await import('./bitbucket-server.ts')).createBitbucketServerHost },
  },
  {
    key: 'gerrit',
    hosts: (entries) => entries.flatMap((entry) => equal(hostOf(text(entry, 'gitilesBaseUrl')))),
    create: { repository: async () => (await import('./gerrit.ts')).createGerritHost },
  },
  {
    key: 'github',
    hosts: byHost('github.com'),
    create: { repository: async () => (await import('./github.ts')).createGithubHost },
  },
  {
    key: 'gitea',
    hosts: byHost(),
    create: { repository: async () => (await import('./gitea.ts')).createGiteaHost },
  },
  {
    key: 'gitlab',
    hosts: byHost('gitlab.com'),
    create: { repository: async () => (await import('./gitlab.ts')).createGitlabHost },
  },
  {
    key: 'googleGcs',
    hosts: () => equal('storage.cloud.google.com'),
    create: { bucket: async () => (await import('../buckets/google-gcs.ts')).createGoogleStorage },
  },
  {
    key: 'harness',
    hosts: byHost(),
    create: { repository: async () => (await import('./harness.ts')).createHarnessHost },
  },
  {
    key: 'awsS3',
    hosts: (entries) =>
      withPublic(
        entries.map((entry) => hostOf(text(entry, 'endpoint')) ?? 'amazonaws.com'),
        'amazonaws.com',
      ).flatMap(below),
    create: { bucket: async () => (await import('../buckets/aws-s3.ts')).createS3Storage },
  },
  {
    key: 'azureBlobStorage',
    hosts: (entries) => entries.flatMap(azureAccount),
    create: { bucket: async () => (await import('../buckets/azure-blob-storage.ts')).createAzureBlobStorage },
  },
  {
    key: 'awsCodeCommit',
    hosts: (entries) =>
      entries.map(codeCommitHost).map((id) => ({
        id,
        matches: (url) => url.host.endsWith(id) && url.pathname.startsWith('/codesuite/codecommit'),
      })),
    create: { bucket: async () => (await import('../buckets/aws-code-commit.ts')).createCodeCommitStorage },
  },
];

function byHost(publicHost?: string): HostKind['hosts'] {
  return (entries) => {
    const hosts = entries.map((entry) => text(entry, 'host') ?? publicHost);
    return withPublic(hosts, publicHost).flatMap((host) => (host === publicHost ? secure(host) : equal(host)));
  };
}

/** Hosts that the public knows answer over HTTPS, and over plain HTTP anybody on the way would get the credentials. */
function secure(id: string): HostMatch[] {
  return [{ id, matches: (url) => url.host === id && url.protocol === 'https:' }];
}

function withPublic(hosts: readonly (string | undefined)[], publicHost: string | undefined): readonly string[] {
  const known = hosts.filter((host) => host !== undefined);
  return publicHost === undefined ? known : [...new Set([...known, publicHost])];
}

function equal(id: string | undefined): HostMatch[] {
  return id === undefined ? [] : [{ id, matches: (url) => url.host === id }];
}

function below(id: string): HostMatch[] {
  return [{ id, matches: ({ host }) => host === id || host.endsWith(`.${id}`) }];
}

function azureAccount(entry: Config): HostMatch[] {
  const id = text(entry, 'accountName');
  const endpoint = hostOf(text(entry, 'endpoint'));
  const host = `${id}.${endpoint ?? 'blob.core.windows.net'}`;
  return id === undefined ? [] : [{ id, matches: (url) => url.host === host || url.host === endpoint }];
}

function codeCommitHost(entry: Config): string {
  return text(entry, 'host') ?? `${text(entry, 'region')}.console.aws.amazon.com`;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined;
}

function text(entry: Config, key: string): string | undefined {
  const value = entry.getOptional(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
