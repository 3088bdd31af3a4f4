import { invalidConfigValue, readOptionalDuration, type Config } from '@bulkhead/config';

/** How tasks are shared among processes. Times are in milliseconds. */
export interface SchedulerSettings {
  /** In which cron expressions are read. */
  readonly timezone: string;
  /** For how long a process keeps the right to run a task after its last sign of life. */
  readonly lease: number;
  /** How often a process looks for changes that others made to its tasks. */
  readonly pollInterval: number;
}

const DEFAULTS: SchedulerSettings = { timezone: 'UTC', lease: 30_000, pollInterval: 30_000 };
const MIN_TIME = 100;

/** Reads `backend.scheduler`. @throws BulkheadError `ERR_CONFIG_VALUE`, `ERR_CONFIG_TYPE` */
export function readSchedulerSettings(config: Config): SchedulerSettings {
  const section = config.getOptionalConfig('backend.scheduler');
  if (!section) return DEFAULTS;
  const timezone = section.getOptionalString('timezone') ?? DEFAULTS.timezone;
  if (!isTimezone(timezone)) {
    throw invalidConfigValue(section, 'timezone', { expected: 'a time zone', hint: "For example 'Europe/Berlin'." });
  }
  return {
    timezone,
    lease: readTime(section, 'lease') ?? DEFAULTS.lease,
    pollInterval: readTime(section, 'pollInterval') ?? DEFAULTS.pollInterval,
  };
}

function readTime(section: Config, key: string): number | undefined {
  const milliseconds = readOptionalDuration(section, key);
  if (milliseconds === undefined || milliseconds >= MIN_TIME) return milliseconds;
  throw invalidConfigValue(section, key, { expected: `a duration of at least ${MIN_TIME} ms` });
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
