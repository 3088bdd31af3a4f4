import { posix } from 'node:path';
import { requirePackage, type Integrations } from '../hosts/integrations.ts';
import { unusableUrl } from '../errors.ts';
import { readAwsCredentials } from './aws-credentials.ts';
import type { BucketPlace, BucketStorage, ListedObject } from './bucket.ts';

type CodeCommitModule = typeof import('@aws-sdk/client-codecommit');

const NAME = 'integrations.awsCodeCommit';
const HOST = /^(?<region>[^.]+)\.console\.aws\.amazon\.com$/;
const PATH =
  /^\/codesuite\/codecommit\/repositories\/(?<name>[^/]+)(?:\/browse(?:\/(?<ref>.+?))??(?:\/--(?:\/(?<path>.*))?)?)?\/*$/;

/** AWS CodeCommit. Its repositories are read file by file, as buckets are. */
export function createCodeCommitStorage(integrations: Integrations, hostname: string): BucketStorage {
  const { config } = integrations.all.awsCodeCommit.byHost(hostname)!;
  const aws = requirePackage<CodeCommitModule>('@aws-sdk/client-codecommit', NAME);
  const clients = new Map<string, Promise<InstanceType<CodeCommitModule['CodeCommitClient']>>>();
  const connect = async (region: string) =>
    new aws.CodeCommitClient({
      region,
      credentials: await readAwsCredentials(integrations, config, { region, neededFor: NAME }),
    });
  const clientFor = (region: string) => {
    const client = clients.get(region) ?? connect(region);
    clients.set(region, client);
    client.catch(() => clients.delete(region));
    return client;
  };

  async function* list(place: BucketPlace, options: { readonly signal: AbortSignal }): AsyncGenerator<ListedObject> {
    const { files = [], subFolders = [] } = await (
      await clientFor(place.region!)
    ).send(
      new aws.GetFolderCommand({
        repositoryName: place.bucket,
        folderPath: `/${place.key}`,
        commitSpecifier: place.revision,
      }),
      { abortSignal: options.signal },
    );
    for (const { absolutePath, blobId } of files) {
      if (absolutePath) yield { key: absolutePath.replace(/^\//, ''), version: blobId };
    }
    for (const { absolutePath } of subFolders) {
      if (absolutePath) yield* list({ ...place, key: absolutePath.replace(/^\//, '') }, options);
    }
  }

  return {
    hasFolders: true,
    locate: locateCodeCommit,

    async get(place, { signal }) {
      const command = new aws.GetFileCommand({
        repositoryName: place.bucket,
        filePath: place.key,
        commitSpecifier: place.revision,
      });
      const { fileContent, commitId } = await (await clientFor(place.region!)).send(command, { abortSignal: signal });
      return { body: only(fileContent ?? new Uint8Array()), etag: commitId };
    },

    list,
  };
}

/** Takes a URL of the console apart. */
export function locateCodeCommit(url: string): BucketPlace {
  const { host, pathname } = new URL(url);
  const { region } = HOST.exec(host)?.groups ?? {};
  const { name, ref, path = '' } = PATH.exec(pathname)?.groups ?? {};
  if (region === undefined || name === undefined) throw unusableUrl('is not that of a repository');
  return {
    bucket: name,
    key: decodeURIComponent(path),
    region,
    revision: ref,
    at(key) {
      const target = new URL(url);
      const browse = posix.join('/codesuite/codecommit/repositories', name, 'browse', ref ?? '', '--');
      target.pathname = `${browse}/${key}`;
      return target.href;
    },
  };
}

async function* only(chunk: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield chunk;
}
