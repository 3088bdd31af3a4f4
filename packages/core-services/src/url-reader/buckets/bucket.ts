/** What is under a key. */
export interface BucketObject {
  readonly body: AsyncIterable<Uint8Array>;
  readonly etag?: string;
  readonly lastModifiedAt?: Date;
}

/** Under which conditions an object is wanted. */
export interface BucketConditions {
  readonly etag?: string;
  readonly lastModifiedAfter?: Date;
  readonly signal: AbortSignal;
}

/** An object in a list. */
export interface ListedObject {
  readonly key: string;
  /** Another one when the content has changed. */
  readonly version?: string;
  readonly lastModifiedAt?: Date;
}

/** An object, or all objects below a key. */
export interface BucketPlace {
  readonly bucket: string;
  /** Decoded, without a slash before it. */
  readonly key: string;
  readonly region?: string;
  /** The revision that is read, of storages that have some. */
  readonly revision?: string;
  /** The URL of another key in the bucket. */
  at(key: string): string;
}

/** What is particular about a kind of storage. Its methods throw what the client of the storage throws. */
export interface BucketStorage {
  /** Whether it lists by folders, and not by the starts of keys. */
  readonly hasFolders?: boolean;
  /** Takes a URL apart. @throws InputError `ERR_URL_READER_URL` */
  locate(url: string): BucketPlace;
  get(place: BucketPlace, conditions: BucketConditions): Promise<BucketObject>;
  /** What is below a key, or starts with it. */
  list(place: BucketPlace, options: { readonly signal: AbortSignal }): AsyncIterable<ListedObject>;
}

/** The place at a URL whose path is the key, below a part that the pattern `at` puts before it. */
export function keyPlace(
  place: Omit<BucketPlace, 'at'>,
  { url, before = '' }: { readonly url: string; readonly before?: string },
): BucketPlace {
  return {
    ...place,
    key: decodeURIComponent(place.key),
    at(key) {
      const target = new URL(url);
      target.pathname = `${before}/${key.split('/').map(encodeURIComponent).join('/')}`;
      return target.href;
    },
  };
}
