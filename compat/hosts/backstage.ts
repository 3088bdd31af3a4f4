/** Backstage's own host with the packages that `COMPAT_FEATURES` names. */
import { createBackend } from '@backstage/backend-defaults';

const features = JSON.parse(process.env.COMPAT_FEATURES ?? '[]') as readonly string[];

const backend = createBackend();
for (const feature of features) backend.add(import(feature));
await backend.start();
process.send?.({ ready: true, report: { steps: [] } });
