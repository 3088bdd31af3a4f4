import { isErrorLike, type Problem } from '@bulkhead/errors';
import { thrownValue } from '../errors.ts';
import type { FeaturePackage } from '../intake/feature-package.ts';
import type { FeatureOrigin } from '../intake/normal-feature.ts';

/**
 * Something that is wrong with what was put together. A problem of one plugin or module says so: the failure policy
 * (`backend.startup`) may then leave it out and go on. All others stop the host.
 */
export interface PlanProblem extends Problem {
  /** The plugin at fault, if it is the fault of one. */
  readonly pluginId?: string;
  /** The module at fault, within `pluginId`. */
  readonly moduleId?: string;
  /** The npm package that what is at fault came from, as far as it could be found out. */
  readonly package?: Pick<FeaturePackage, 'name' | 'version'>;
  /** What was thrown, if something was. */
  readonly cause?: unknown;
}

/** The plugin or module that a problem is charged to. */
export interface Owner {
  readonly pluginId: string;
  readonly moduleId?: string;
}

/** `plugin 'todo'` or `module 'audit' of plugin 'todo'`. */
export function describeOwner({ pluginId, moduleId }: Owner): string {
  return moduleId === undefined ? `plugin '${pluginId}'` : `module '${moduleId}' of plugin '${pluginId}'`;
}

/**
 * How a feature got here: `feature 3 in the order of backend.add() [@acme/todo 1.2.3]`, with the loaders that yielded it.
 */
export function describeOrigin(origin: FeatureOrigin, owner?: Owner): string {
  const { position, loaders } = origin;
  const added = `feature ${position} in the order of backend.add()${describePackage(origin.package?.(owner))}`;
  return loaders.length === 0 ? added : `${added}, from the ${loaders.join(', from the ')}`;
}

/** The plugin or module with the package that it came from. */
export function describeInstalled(owner: Owner, origin: FeatureOrigin | undefined): string {
  return `${describeOwner(owner)}${describePackage(origin?.package?.(owner))}`;
}

/** ` [@acme/todo 1.2.3]`, or nothing. */
export function describePackage(found: Pick<FeaturePackage, 'name' | 'version'> | undefined): string {
  return found ? ` [${found.name} ${found.version}]` : '';
}

/** The message of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return isErrorLike(error) ? error.message : thrownValue(error).message;
}

/** The causes of an error, the nearest first. */
export function causesOf(error: unknown): unknown[] {
  const causes = new Set<unknown>();
  for (let each = error; isErrorLike(each) && each.cause !== undefined && !causes.has(each.cause); each = each.cause) {
    causes.add(each.cause);
  }
  return [...causes];
}

/** The hint of an error, if it has one. */
export function hintOf(error: unknown): string | undefined {
  const hint = isErrorLike(error) ? (error as { hint?: unknown }).hint : undefined;
  return typeof hint === 'string' ? hint : undefined;
}

/** The text with a capital letter. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a feature came from, as part of a problem: the place where its author defined it, and the package. */
export function sourceOf(origin: FeatureOrigin | undefined, owner?: Owner): Pick<PlanProblem, 'source' | 'package'> {
  const declaredAt = origin?.declaredAt?.();
  const [, file, line, column] = declaredAt?.match(/^(.*):(\d+):(\d+)$/) ?? [];
  const found = origin?.package?.(owner);
  return {
    ...(file !== undefined && { source: { file, line: Number(line), column: Number(column) } }),
    ...(found && { package: { name: found.name, version: found.version } }),
  };
}
