/** Whether a value is a `Blob` or a `File`: of the web, of Node.js, or whatever looks like one. */
export function isFile(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'size' in value &&
    'arrayBuffer' in value &&
    typeof value.arrayBuffer === 'function'
  );
}
