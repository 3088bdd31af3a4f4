import type { Readable } from 'node:stream';
import { requirePackage, type Integrations } from '../hosts/integrations.ts';
import { unusableUrl } from '../errors.ts';
import { readAwsCredentials } from './aws-credentials.ts';
import { keyPlace, type BucketPlace, type BucketStorage } from './bucket.ts';

type S3Module = typeof import('@aws-sdk/client-s3');

const NAME = 'integrations.awsS3';
const DEFAULT_REGION = 'us-east-1';
const AMAZON = /(?:^|\.)amazonaws\.com(?:\.cn)?$/;
const STANDARD = /^(?:(?<bucket>[a-z0-9.-]+)\.)?s3(?:[.-](?<region>[a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/;
const VPC =
  /^(?<bucket>[a-z0-9.-]+)\.bucket\.vpce-[a-z0-9-]+\.s3[.-](?<region>[a-z0-9-]+)\.vpce\.amazonaws\.com(?:\.cn)?$/;

/** How the addresses of buckets look. */
interface S3Addresses {
  readonly host: string;
  readonly s3ForcePathStyle?: boolean;
}

/** Amazon S3, and what speaks its protocol. */
export function createS3Storage(integrations: Integrations, hostname: string): BucketStorage {
  const { config } = integrations.all.awsS3.byHost(hostname)!;
  const s3 = requirePackage<S3Module>('@aws-sdk/client-s3', NAME);
  const clients = new Map<string, Promise<InstanceType<S3Module['S3Client']>>>();
  const connect = async (region: string) =>
    new s3.S3Client({
      region,
      credentials: await readAwsCredentials(integrations, config, { region, neededFor: NAME }),
      endpoint: config.endpoint,
      forcePathStyle: config.s3ForcePathStyle,
    });
  const clientFor = ({ region = DEFAULT_REGION }: BucketPlace) => {
    const client = clients.get(region) ?? connect(region);
    clients.set(region, client);
    client.catch(() => clients.delete(region));
    return client;
  };

  return {
    locate: (url) => locateS3(url, config),

    async get(place, { etag, lastModifiedAfter, signal }) {
      const command = new s3.GetObjectCommand({
        Bucket: place.bucket,
        Key: place.key,
        IfNoneMatch: etag,
        IfModifiedSince: lastModifiedAfter,
      });
      const { Body, ETag, LastModified } = await (await clientFor(place)).send(command, { abortSignal: signal });
      return { body: Body as Readable, etag: ETag, lastModifiedAt: LastModified };
    },

    async *list(place, { signal }) {
      const client = await clientFor(place);
      let token: string | undefined;
      do {
        const command = new s3.ListObjectsV2Command({
          Bucket: place.bucket,
          Prefix: place.key,
          ContinuationToken: token,
        });
        const { Contents = [], NextContinuationToken } = await client.send(command, { abortSignal: signal });
        for (const { Key, ETag, LastModified } of Contents) {
          yield { key: Key!, version: ETag, lastModifiedAt: LastModified };
        }
        token = NextContinuationToken;
      } while (token);
    },
  };
}

/** Takes a URL of a bucket apart, which may be in the name of the host or the first folder of the path. */
export function locateS3(url: string, { host, s3ForcePathStyle = false }: S3Addresses): BucketPlace {
  const parsed = new URL(url);
  if (!AMAZON.test(host)) {
    const isInPath = s3ForcePathStyle || parsed.host.length === host.length;
    return isInPath ? placeInPath(url) : placeInHost(url, parsed.host.slice(0, -host.length - 1));
  }
  const { bucket, region } = (VPC.exec(parsed.host) ?? STANDARD.exec(parsed.host))?.groups ?? {};
  if (!VPC.test(parsed.host) && !STANDARD.test(parsed.host)) throw unusableUrl('is not on a host of Amazon S3');
  if (VPC.test(parsed.host) && s3ForcePathStyle)
    throw unusableUrl('has no bucket in its path, as s3ForcePathStyle says');
  return s3ForcePathStyle || !bucket ? placeInPath(url, region) : placeInHost(url, bucket, region);
}

function placeInHost(url: string, bucket: string, region = DEFAULT_REGION): BucketPlace {
  return keyPlace({ bucket, key: new URL(url).pathname.slice(1), region }, { url });
}

function placeInPath(url: string, region = DEFAULT_REGION): BucketPlace {
  const [, bucket = '', ...key] = new URL(url).pathname.split('/');
  if (bucket === '' || key.length === 0) throw unusableUrl('has no bucket');
  return keyPlace({ bucket, key: key.join('/'), region }, { url, before: `/${bucket}` });
}
