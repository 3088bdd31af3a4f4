#!/usr/bin/env node
// Leads to dist/bin.js, and with `node --conditions=@bulkhead/source` to src/bin.ts: see `imports` in package.json.
try {
  await import('#bin');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/\/dist\/.*\.js$/.test(error.url ?? '')) throw error;
  process.stderr.write('The bulkhead-openapi command has not been built. Run `npm run build` first.\n');
  process.exitCode = 1;
}
