/** A media type as headers have it. */
export interface MediaType {
  /** In lower case, without parameters: `text/plain`. */
  readonly essence: string;
  /** In lower case, if there is one. */
  readonly charset?: string;
}

const CHARSET = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i;

/** Reads the value of a `Content-Type` header. */
export function parseMediaType(header: string): MediaType {
  const semicolon = header.indexOf(';');
  if (semicolon === -1) {
    return { essence: header.trim().toLowerCase() };
  }
  const match = CHARSET.exec(header);
  return {
    essence: header.slice(0, semicolon).trim().toLowerCase(),
    ...(match && { charset: (match[1] ?? match[2] ?? '').toLowerCase() }),
  };
}

/**
 * The one of several contents that a media type falls under: the one that names it, else the narrowest range.
 *
 * @param essence - in lower case, without parameters
 */
export function findContent<TContent extends { readonly mediaType: string }>(
  contents: readonly TContent[],
  essence: string,
): TContent | undefined {
  return (
    contents.find(({ mediaType }) => mediaType === essence) ??
    contents.find(({ mediaType }) => mediaType === `${essence.slice(0, essence.indexOf('/'))}/*`) ??
    contents.find(({ mediaType }) => mediaType === '*/*')
  );
}
