import { addAbortSignal } from 'node:stream';
import { requirePackage, type Integrations } from '../hosts/integrations.ts';
import { unusableUrl } from '../errors.ts';
import { keyPlace, type BucketStorage } from './bucket.ts';

const NAME = 'integrations.googleGcs';

/** Google Cloud Storage. */
export function createGoogleStorage({ module, config }: Integrations): BucketStorage {
  const { Storage } = requirePackage<typeof import('@google-cloud/storage')>('@google-cloud/storage', NAME);
  const { clientEmail, privateKey } = module.readGoogleGcsIntegrationConfig(config.getConfig(NAME));
  const storage =
    clientEmail && privateKey
      ? new Storage({ credentials: { client_email: clientEmail, private_key: privateKey } })
      : new Storage();

  return {
    locate(url) {
      const [, bucket = '', ...key] = new URL(url).pathname.split('/');
      if (bucket === '') throw unusableUrl('has no bucket');
      return keyPlace({ bucket, key: key.join('/') }, { url, before: `/${bucket}` });
    },

    async get({ bucket, key }, { signal }) {
      const file = storage.bucket(bucket).file(key);
      signal.throwIfAborted();
      const [{ etag, updated }] = await file.getMetadata();
      const body = addAbortSignal(signal, file.createReadStream());
      return { body, etag, lastModifiedAt: updated === undefined ? undefined : new Date(updated) };
    },

    async *list({ bucket, key }, { signal }) {
      signal.throwIfAborted();
      const [files] = await storage.bucket(bucket).getFiles({ autoPaginate: true, prefix: key });
      for (const { name, metadata } of files) {
        const { etag, updated } = metadata;
        yield { key: name, version: etag, lastModifiedAt: updated === undefined ? undefined : new Date(updated) };
      }
    },
  };
}
