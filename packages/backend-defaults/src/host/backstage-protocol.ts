import type { FeatureProtocol } from '@bulkhead/backend-runtime';
import { interopMissing } from '../errors.ts';

/** Features of Backstage's. What translates them is loaded with the first one, and a package of its own. */
export const backstageProtocol: FeatureProtocol = {
  features: ['@backstage/BackendFeature', '@backstage/BackendFeatureFactory'],
  refs: ['@backstage/ServiceRef', '@backstage/ExtensionPoint'],
  async load() {
    try {
      const interop = await import('@bulkhead/backstage-interop');
      return { translateFeature: interop.translateBackstageFeature, translateRef: interop.translateRef };
    } catch (error) {
      throw isMissing(error) ? interopMissing(error) : error;
    }
  },
};

function isMissing(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_MODULE_NOT_FOUND' && message.includes("'@bulkhead/backstage-interop'");
}
