// What it costs to load the ten published plugins, in a process that does nothing else, or has loaded what its arguments name.
import { packages } from './plugins.js';

for (const name of process.argv.slice(2)) await import(name);
const startedAt = performance.now();
await Promise.all(packages.map((name) => import(name)));
console.log(JSON.stringify({ milliseconds: performance.now() - startedAt }));
