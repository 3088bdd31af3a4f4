import type { AuditSeverity } from '@bulkhead/backend-plugin-api';
import { invalidConfigValue, type Config } from '@bulkhead/config';
import { LOG_LEVELS, type LogLevel } from '../root-logger/log-level.ts';

/** At which level an event is logged, by its severity. */
export type AuditLevels = Readonly<Record<AuditSeverity, LogLevel>>;

const KEY = 'backend.auditor.severityLogLevelMappings';

/** What most want to see is what changes something. */
const DEFAULTS: AuditLevels = { low: 'debug', medium: 'info', high: 'info', critical: 'info' };

/** Reads `backend.auditor.severityLogLevelMappings`. @throws BulkheadError `ERR_CONFIG_VALUE` */
export function readAuditLevels(config: Config): AuditLevels {
  const section = config.getOptionalConfig(KEY);
  const levels: Record<AuditSeverity, LogLevel> = { ...DEFAULTS };
  for (const severity of Object.keys(DEFAULTS) as AuditSeverity[]) {
    const level = section?.getOptionalString(severity);
    if (level === undefined) continue;
    if (!isLogLevel(level)) {
      throw invalidConfigValue(section!, severity, {
        expected: 'a log level',
        hint: `The levels are ${LOG_LEVELS.join(', ')}.`,
      });
    }
    levels[severity] = level;
  }
  return levels;
}

function isLogLevel(value: string): value is LogLevel {
  return LOG_LEVELS.includes(value as LogLevel);
}
