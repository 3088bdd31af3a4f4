import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ConfigDocsOptions } from './commands/config-docs.ts';
import type { ConfigPrintOptions } from './commands/config-print.ts';
import type { InspectOptions } from './commands/inspect.ts';
import type { MigrateBackstageOptions } from './commands/migrate-backstage.ts';
import type { StartOptions } from './commands/start.ts';
import type { TopologyPrintOptions } from './commands/topology-print.ts';
import type { ConfigOptions } from './host/load-host-config.ts';

// Each action imports its command when it runs, so that no command pays for the others.

/** The command line: names, options, help. */
export function createProgram(): Command {
  const program = new Command('bulkhead')
    .description('Runs and inspects a Bulkhead host.')
    .version(readVersion(), '-v, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    // Errors are printed in one place, whatever they come from.
    .configureOutput({ outputError: () => {} })
    .exitOverride();
  addStart(program);
  addInspect(program);
  addConfig(program);
  addTopology(program);
  addMigrate(program);
  addExamples(program, 'bulkhead start --port 7008', 'bulkhead inspect', 'bulkhead config check');
  return program;
}

function addStart(program: Command): void {
  const start = program
    .command('start')
    .description('run the host')
    .addOption(configOption())
    .addOption(envOption())
    .addOption(
      new Option('--port <number>', 'listen on this port instead of the configured one')
        .argParser(parsePort)
        .conflicts(['process', 'all']),
    )
    .option('--watch', 'restart when the code, a package or the configuration changes')
    .addOption(processOption())
    .addOption(replicaOption())
    .addOption(
      new Option('--all', 'run every process of the topology, and restart those that end').conflicts([
        'watch',
        'process',
        'replica',
      ]),
    )
    .action(async (options: StartOptions) => (await import('./commands/start.ts')).start(options));
  addExamples(
    start,
    'bulkhead start',
    'bulkhead start --port 7008',
    'bulkhead start --watch',
    'bulkhead start --process todo --replica 2',
    'bulkhead start --all',
    'bulkhead start --config app-config.yaml --config app-config.production.yaml',
  );
}

function addInspect(program: Command): void {
  const inspect = program
    .command('inspect')
    .description('show the plan of the host, without starting anything')
    .addOption(configOption())
    .addOption(envOption())
    .addOption(processOption())
    .addOption(new Option('--json', 'as JSON').conflicts('mermaid'))
    .addOption(new Option('--mermaid', 'as a Mermaid diagram'))
    .action(async (options: InspectOptions) => (await import('./commands/inspect.ts')).inspect(options));
  addExamples(inspect, 'bulkhead inspect', 'bulkhead inspect --json', 'bulkhead inspect --mermaid > plan.mmd');
}

function addConfig(program: Command): void {
  const config = program.command('config').helpCommand(false).description('show, check and document the configuration');
  addExamples(
    config,
    'bulkhead config print --with-sources',
    'bulkhead config check',
    'bulkhead config docs --markdown',
  );

  const print = config
    .command('print')
    .description('show the configuration as the host would see it; secrets are hidden')
    .addOption(configOption())
    .addOption(envOption())
    .addOption(new Option('--with-sources', 'tell where each value comes from'))
    .addOption(new Option('--json', 'as JSON'))
    .action(async (options: ConfigPrintOptions) => (await import('./commands/config-print.ts')).configPrint(options));
  addExamples(print, 'bulkhead config print', 'bulkhead config print --with-sources', 'bulkhead config print --json');

  const check = config
    .command('check')
    .description('list everything that is wrong with the configuration, by file, line and column')
    .addOption(configOption())
    .addOption(envOption())
    .action(async (options: ConfigOptions) => (await import('./commands/config-check.ts')).configCheck(options));
  addExamples(check, 'bulkhead config check', 'bulkhead config check --config app-config.production.yaml');

  const docs = config
    .command('docs')
    .description('list every key with its type, default, meaning and package')
    .addOption(new Option('--json', 'as JSON').conflicts('markdown'))
    .addOption(new Option('--markdown', 'as Markdown'))
    .action(async (options: ConfigDocsOptions) => (await import('./commands/config-docs.ts')).configDocs(options));
  addExamples(docs, 'bulkhead config docs', 'bulkhead config docs --markdown > configuration.md');
}

function addTopology(program: Command): void {
  const topology = program
    .command('topology')
    .helpCommand(false)
    .description('check and show which process runs which plugins');
  addExamples(topology, 'bulkhead topology check', 'bulkhead topology print --format json');

  const check = topology
    .command('check')
    .description('list everything that is wrong with the topology, by file, line and column')
    .addOption(configOption())
    .addOption(envOption())
    .action(async (options: ConfigOptions) => (await import('./commands/topology-check.ts')).topologyCheck(options));
  addExamples(check, 'bulkhead topology check', 'bulkhead topology check --env production');

  const print = topology
    .command('print')
    .description('show the processes, their plugins and URLs, and which one forwards')
    .addOption(configOption())
    .addOption(envOption())
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json', 'mermaid']).default('text'))
    .action(async (options: TopologyPrintOptions) =>
      (await import('./commands/topology-print.ts')).topologyPrint(options),
    );
  addExamples(print, 'bulkhead topology print', 'bulkhead topology print --format mermaid > topology.mmd');
}

function addMigrate(program: Command): void {
  const migrate = program.command('migrate').helpCommand(false).description('move a backend from another host to this');
  addExamples(migrate, 'bulkhead migrate backstage .');

  const backstage = migrate
    .command('backstage')
    .argument('[folder]', 'the repository, or the package of its backend', '.')
    .description('move the backend of a Backstage repository: show what changes, and what cannot be moved and why')
    .option('--write', 'write the changes')
    .option('--force', 'overwrite files that are there')
    .option('--out <folder>', 'write what changes into another folder')
    .action(async (folder: string, options: MigrateBackstageOptions) =>
      (await import('./commands/migrate-backstage.ts')).migrateBackstage(folder, options),
    );
  addExamples(
    backstage,
    'bulkhead migrate backstage .',
    'bulkhead migrate backstage ../portal --write --out moved',
    'bulkhead migrate backstage packages/backend --write --force',
  );
}

function processOption(): Option {
  return new Option('--process <name>', 'run only this process of the topology (default: BULKHEAD_PROCESS, else all)');
}

function replicaOption(): Option {
  return new Option(
    '--replica <number>',
    'which of several processes of that name (default: BULKHEAD_REPLICA, else 1)',
  ).argParser(parseReplica);
}

function configOption(): Option {
  return new Option('--config <file>', 'read this file instead of the usual ones; can be repeated')
    .argParser((file: string, files: readonly string[]) => [...files, file])
    .default([], 'app-config.yaml, app-config.local.yaml');
}

function envOption(): Option {
  return new Option('--env <name>', 'read app-config.<name>.yaml, too').env('BULKHEAD_ENV');
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65535) return port;
  throw new InvalidArgumentError('A port is a number from 0 to 65535; 0 lets the system choose.');
}

function parseReplica(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Replicas are counted from 1.');
}

function addExamples(command: Command, ...lines: readonly string[]): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}

function readVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
