/** A host with the published packages that `COMPAT_FEATURES` names, added as their READMEs say. */
import { createBackend } from '@bulkhead/backend-defaults';

const features = JSON.parse(process.env.COMPAT_FEATURES ?? '[]') as readonly string[];

const backend = createBackend();
for (const feature of features) backend.add(import(feature));
const report = await backend.start();
process.send?.({ ready: true, report: JSON.parse(JSON.stringify(report)) as unknown });
