/** How often a text occurs in another one or in bytes, but no more than one above `limit`. */
export function countAtMost(within: string | Buffer, text: string, limit: number): number {
  let count = 0;
  for (
    let index = within.indexOf(text);
    index !== -1 && count <= limit;
    index = within.indexOf(text, index + text.length)
  ) {
    count += 1;
  }
  return count;
}
