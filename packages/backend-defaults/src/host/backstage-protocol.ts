import type { FeatureProtocol } from '@bulkhead/backend-runtime';
import { interopMissing } from '../errors.ts';

/** Features of Backstage's. What translates them is loaded with the first one, and a package of its own. */
export const backstageProtocol: FeatureProtocol = {
  mark: '@backstage/BackendFeature',
  async load() {
    try {
      return (await import('@bulkhead/backstage-interop')).translateBackstageFeature;
    } catch (error) {
      throw isMissing(error) ? interopMissing(error) : error;
    }
  },
};

function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes("'@bulkhead/backstage-interop'");
}
