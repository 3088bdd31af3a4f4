import { createBackendPlugin, createServiceRef, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { createExtensionPointMiddleware, createSpecializedBackend, ServiceContainer } from './index.ts';
import { createExtensionPoint } from '@bulkhead/backend-plugin-api';

const backend = createSpecializedBackend();
declare const plugin: BackendFeature;

backend.add(plugin);
backend.add(plugin, { pluginId: 'minio' });
backend.add({ default: plugin });
backend.add({ default: { default: plugin } });
backend.add(Promise.resolve({ default: plugin }));
backend.add(async () => ({ default: plugin }));

// @ts-expect-error A module without a feature.
backend.add(Promise.resolve({ something: plugin }));
// @ts-expect-error The maker of a feature, not yet called.
backend.add(createBackendPlugin);
// @ts-expect-error Options are named.
backend.add(plugin, 'minio');

const container = new ServiceContainer();
const numbers = createServiceRef<number>({ id: 'numbers' });
const answer: Promise<number | undefined> = container.get(numbers, 'p');
// @ts-expect-error The service is a number.
const wrong: Promise<string | undefined> = container.get(numbers, 'p');
void [answer, wrong];

const point = createExtensionPoint<{ add(text: string): void }>({ id: 'point' });
createExtensionPointMiddleware({
  extensionPoint: point,
  wrap: (original) => ({ add: (text) => original.add(`${text}!`) }),
});
// @ts-expect-error It must give what modules expect.
createExtensionPointMiddleware({ extensionPoint: point, wrap: () => 'nothing' });
