import { lookAt, unmovableSetting } from './errors.ts';
import type { Findings } from './migration-plan.ts';
import type { YamlFile } from './yaml-file.ts';

/** What the configuration tells of the host's dependencies. */
export interface ConfigFacts {
  /** Whether some file names a PostgreSQL server. */
  hasPostgres: boolean;
  /** Whether some file had a SQLite, in whose place the PostgreSQL that comes with the host is started. */
  hasSqlite: boolean;
  /** Optional packages that the host needs, by name. */
  readonly packages: Set<string>;
}

/** What a rule works with. */
export interface RuleContext {
  readonly file: YamlFile;
  readonly findings: Findings;
  readonly facts: ConfigFacts;
  /** Whether the host has a key of its own at a path. */
  isKnown(path: readonly string[]): boolean;
}

/** Brings one part of a file into the form of the new host, or tells why that cannot be. */
export type ConfigRule = (context: RuleContext) => void;

/** What there is to say of a setting. */
export interface Words {
  readonly what: string;
  readonly hint: string;
}

/** Says something about the setting at a path. */
export function remark({ file, findings }: RuleContext, path: readonly string[], { what, hint }: Words): void {
  findings.remarks.push(lookAt(what, { source: file.at(path), hint }));
}

/** Tells that the setting at a path cannot be moved. */
export function refuse({ file, findings }: RuleContext, path: readonly string[], { what, hint }: Words): void {
  findings.problems.push(unmovableSetting(path, what, { hint, source: file.at(path) }));
}

/** Turns an entry into comments, or tells that it must be removed where it shares its line. */
export function drop(context: RuleContext, path: readonly string[], reason: string): void {
  const { file } = context;
  const entry = file.find(...path);
  if (!entry) return;
  if (file.isEditable(entry)) file.commentOut(entry, reason);
  else refuse(context, path, { what: 'has to be removed by hand: it shares its line with others', hint: reason });
}
