import { runCli } from './run-cli.ts';

// A reader that has seen enough, as in `bulkhead config docs | head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const exitCode = await runCli(process.argv.slice(2));
// What is left of a host that failed must not keep the process. The callback comes after all that was written before.
if (exitCode !== 0) process.stdout.write('', () => process.exit(exitCode));
