#!/usr/bin/env node
// Leads to dist/bin.js, and with `node --conditions=@bulkhead/source` to src/bin.ts: see `imports` in package.json.
try {
  await import('#bin');
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !/\/dist\/.*\.js$/.test(error.url ?? '')) throw error;
  process.stderr.write('ERR_CLI_NOT_BUILT: bulkhead itself has not been built\n  hint: Run `npm run build`.\n');
  process.exitCode = 1;
}
