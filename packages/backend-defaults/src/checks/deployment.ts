import type { Config } from '@bulkhead/config';

/** Whether all plugins share this process (`single`) or some of them run elsewhere (`split`). */
export type DeploymentKind = 'single' | 'split';

/** The kind of deployment that a configuration describes. */
export function deploymentKindOf(config: Config | undefined): DeploymentKind {
  const isSplit = config?.has('topology') || (config?.getOptionalConfigArray('discovery.endpoints') ?? []).length > 0;
  return isSplit ? 'split' : 'single';
}
