import { invalidConfigValue, type Config } from '@bulkhead/config';

/** Whether events go to other processes: if there is a bus, always, or never. */
export type EventBusMode = 'auto' | 'always' | 'never';

const KEY = 'events.useEventBus';
const MODES: readonly string[] = ['auto', 'always', 'never'] satisfies EventBusMode[];

/** Reads `events.useEventBus`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE` */
export function readEventBusMode(config: Config): EventBusMode {
  const mode = config.getOptionalString(KEY) ?? 'auto';
  if (MODES.includes(mode)) return mode as EventBusMode;
  throw invalidConfigValue(config, KEY, {
    expected: "'auto', 'always' or 'never'",
    hint: "With 'auto' events go to other processes if the plugin events is there.",
  });
}
