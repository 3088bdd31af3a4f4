import { runCli } from './run-cli.ts';
import { isSupervised } from './supervise/follow-supervisor.ts';

// A reader that has seen enough, as in `bulkhead config docs | head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (!isSupervised()) process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const args = process.argv.slice(2);
const exitCode = await runCli(args);
// A host that runs keeps the process, but what a host that failed or was only looked at left behind does not. The
// callback comes after all that was written before.
if (exitCode !== 0 || args[0] !== 'start') process.stdout.write('', () => process.exit(exitCode));
