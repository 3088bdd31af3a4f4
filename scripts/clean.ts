/** Removes what `npm run build` and the tests wrote. Data of the host, in `.bulkhead`, stays. */
import { globSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

for (const found of globSync(['{packages,plugins}/*/dist', 'packages/*/bundle', 'coverage', 'node_modules/.cache'], {
  cwd: root,
})) {
  rmSync(path.join(root, found), { recursive: true, force: true });
}
