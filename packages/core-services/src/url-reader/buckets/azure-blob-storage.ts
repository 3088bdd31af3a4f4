import type { Readable } from 'node:stream';
import { requirePackage, type Integrations } from '../hosts/integrations.ts';
import { unusableUrl } from '../errors.ts';
import { keyPlace, type BucketStorage } from './bucket.ts';

type BlobModule = typeof import('@azure/storage-blob');

const NAME = 'integrations.azureBlobStorage';

/** Azure Blob Storage: one account. */
export function createAzureBlobStorage(integrations: Integrations, account: string): BucketStorage {
  const azure = requirePackage<BlobModule>('@azure/storage-blob', NAME);
  let service: Promise<InstanceType<BlobModule['BlobServiceClient']>> | undefined;
  const containerFor = async (name: string) =>
    (await (service ??= connect(azure, integrations, account))).getContainerClient(name);

  return {
    locate(url) {
      const [container = '', ...key] = new URL(url).pathname.split('/').filter((segment) => segment !== '');
      if (container === '') throw unusableUrl('has no container');
      return keyPlace({ bucket: container, key: key.join('/') }, { url, before: `/${container}` });
    },

    async get({ bucket, key }, { etag, lastModifiedAfter, signal }) {
      const blob = (await containerFor(bucket)).getBlobClient(key);
      const conditions = { ifNoneMatch: etag, ifModifiedSince: lastModifiedAfter };
      const response = await blob.download(0, undefined, { abortSignal: signal, conditions });
      return {
        body: response.readableStreamBody as Readable,
        etag: response.etag,
        lastModifiedAt: response.lastModified,
      };
    },

    async *list({ bucket, key }, { signal }) {
      const blobs = (await containerFor(bucket)).listBlobsFlat({ prefix: key, abortSignal: signal });
      for await (const { name, properties } of blobs) {
        yield { key: name, version: properties.etag, lastModifiedAt: properties.lastModified };
      }
    },
  };
}

async function connect(
  { BlobServiceClient, StorageSharedKeyCredential }: BlobModule,
  { module, all }: Integrations,
  account: string,
): Promise<InstanceType<BlobModule['BlobServiceClient']>> {
  const { config } = all.azureBlobStorage.list().find((integration) => integration.config.accountName === account)!;
  const { accountKey, sasToken, endpoint, host } = config;
  const url = endpoint ?? `https://${account}.${host}`;
  if (accountKey) return new BlobServiceClient(url, new StorageSharedKeyCredential(account, accountKey));
  if (sasToken) return new BlobServiceClient(`${url}?${sasToken.replace(/^\?/, '')}`);
  const credentials = await module.DefaultAzureCredentialsManager.fromIntegrations(all).getCredentials(account);
  return new BlobServiceClient(url, credentials);
}
