import type { Config } from '@bulkhead/config';
import { durationToMilliseconds, type HumanDuration } from '@bulkhead/types';
import { invalidSchedule } from './errors.ts';
import type { TaskDuration, TaskSchedule } from './services/scheduler.ts';

const KEYS = ['frequency', 'timeout', 'initialDelay', 'scope'];

/**
 * Reads a task schedule from the configuration:
 *
 * ```yaml
 * schedule:
 *   frequency: { minutes: 10 }   # or { cron: '0 * * * *' }, '10m', PT10M, { trigger: manual }
 *   timeout: 1m
 *   initialDelay: 5s
 *   scope: global
 * ```
 *
 * @param config - The section that holds the schedule.
 * @throws InputError `ERR_PLUGIN_API_INVALID_SCHEDULE`
 */
export function readTaskScheduleFromConfig(config: Config): TaskSchedule {
  const unknown = config.keys().find((key) => !KEYS.includes(key));
  if (unknown) throw invalidSchedule(`has the unknown key '${unknown}'`, `Known keys: ${KEYS.join(', ')}.`);

  const initialDelay = config.has('initialDelay') ? readDuration(config, 'initialDelay') : undefined;
  const scope = readScope(config);
  return {
    frequency: readFrequency(config),
    timeout: readDuration(config, 'timeout'),
    ...(initialDelay !== undefined && { initialDelay }),
    ...(scope && { scope }),
  };
}

function readFrequency(config: Config): TaskSchedule['frequency'] {
  const value = config.getOptional('frequency');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if ('cron' in value) return { cron: config.getString('frequency.cron') };
    if ('trigger' in value) {
      if (value.trigger === 'manual') return { trigger: 'manual' };
      throw invalidSchedule("has a frequency with an unknown 'trigger'", "The only trigger is 'manual'.");
    }
  }
  return readDuration(config, 'frequency');
}

function readDuration(config: Config, key: string): TaskDuration {
  const value = config.getOptional(key);
  const example = `For example ${key}: 5m, or ${key}: { minutes: 5 }.`;
  if (value === undefined) throw invalidSchedule(`lacks '${key}'`, example);
  try {
    durationToMilliseconds(value as HumanDuration | string);
  } catch {
    throw invalidSchedule(`has a '${key}' that is not a duration`, example);
  }
  return value as TaskDuration;
}

function readScope(config: Config): TaskSchedule['scope'] {
  const scope = config.getOptionalString('scope');
  if (scope === undefined || scope === 'global' || scope === 'local') return scope;
  throw invalidSchedule("has an unknown 'scope'", "Use 'global' (one runner among all processes) or 'local'.");
}
