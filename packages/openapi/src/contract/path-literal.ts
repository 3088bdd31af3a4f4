/**
 * What stands between the parameters of a path, in the form in which it is sent: what a URL cannot hold is
 * percent-encoded. What a template has percent-encoded already stays as it is.
 */
export function encodePathLiteral(literal: string): string {
  return encodeURI(literal).replaceAll(/%25([0-9a-f]{2})/gi, '%$1');
}
