import type { Suite } from '../src/suite.ts';
import { compiledSchemas } from './compiled-schemas.ts';
import { forwarding } from './forwarding.ts';
import { hundredPlugins } from './hundred-plugins.ts';
import { inProcessTransport } from './in-process-transport.ts';
import { installSize } from './install-size.ts';
import { latency } from './latency.ts';
import { manyPlugins } from './many-plugins.ts';
import { pluginToPlugin } from './plugin-to-plugin.ts';
import { publishedPlugins } from './published-plugins.ts';
import { routes } from './routes.ts';
import { soak } from './soak.ts';
import { startSamples } from './start-samples.ts';
import { todo } from './todo.ts';
import { tokenCheck } from './token-check.ts';

/** All suites, in the order in which they run and are shown. */
export const SUITES: readonly Suite[] = [
  routes,
  latency,
  startSamples,
  hundredPlugins,
  manyPlugins,
  todo,
  publishedPlugins,
  pluginToPlugin,
  inProcessTransport,
  forwarding,
  installSize,
  tokenCheck,
  compiledSchemas,
  soak,
];
