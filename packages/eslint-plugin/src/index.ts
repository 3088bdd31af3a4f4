import type { ESLint } from 'eslint';
import { declaredDependencies } from './rules/declared-dependencies.ts';
import { documentedExports } from './rules/documented-exports.ts';
import { layering } from './rules/layering.ts';
import { noBareError } from './rules/no-bare-error.ts';
import { pluginIsolation } from './rules/plugin-isolation.ts';

// The layer table
export { allowedLayers, isLayerName, layerNames, layers } from './layer-table.ts';
export type { Layer, LayerName } from './layer-table.ts';

/** The rules, for `plugins: { '@bulkhead': plugin }` in `eslint.config.js`. */
export const plugin = {
  meta: { name: '@bulkhead/eslint-plugin' },
  rules: {
    'declared-dependencies': declaredDependencies,
    'documented-exports': documentedExports,
    layering,
    'no-bare-error': noBareError,
    'plugin-isolation': pluginIsolation,
  },
} satisfies ESLint.Plugin;

export default plugin;
