import type { JsonObject } from '@bulkhead/types';
import { ConfigView, fixedData, type ConfigViewOptions } from './config-view.ts';
import { copyWithoutNulls } from './json-tree.ts';

/**
 * {@link Config} over a tree in memory, which is copied: nothing that happens to it later shows.
 *
 * For a configuration that changes, see {@link createMutableConfig}.
 */
export class ConfigReader extends ConfigView {
  constructor(data: JsonObject = {}, options?: ConfigViewOptions) {
    super(fixedData(copyWithoutNulls(data)), options);
  }
}
