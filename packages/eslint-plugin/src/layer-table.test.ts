import { describe, expect, it } from '@jest/globals';
import { allowedLayers, isLayerName, layerNames, layers, type LayerName } from './layer-table.ts';

describe('the layer table', () => {
  it('leaves no circle: no two layers import each other', () => {
    const pairs = layerNames.flatMap((a) => layers[a].imports.filter((b) => b !== a && layers[b].imports.includes(a)));
    expect(pairs).toEqual([]);
  });

  it('is closed downwards: what a layer may import, it may import all the way down', () => {
    const reachable = (layer: LayerName) => layers[layer].imports.flatMap((below) => layers[below].imports);
    for (const layer of layerNames) expect(layers[layer].imports).toEqual(expect.arrayContaining(reachable(layer)));
  });

  it('lets testing be imported by tests alone, and by tooling', () => {
    expect(layerNames.filter((layer) => layers[layer].imports.includes('testing'))).toEqual(['tooling']);
    expect(layerNames.filter((layer) => allowedLayers(layer, { test: true }).includes('testing'))).toEqual([
      'service',
      'plugin',
      'tooling',
      'app',
    ]);
  });

  it('knows its names', () => {
    expect(isLayerName('service')).toBe(true);
    expect(isLayerName('toString')).toBe(false);
  });
});
