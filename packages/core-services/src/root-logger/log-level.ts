/** From the most to the least important. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** How important a line is. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Which lines are written: those of this level and the more important ones, or none. */
export type LogThreshold = LogLevel | 'silent';

/** What can stand in the configuration for a level. */
export const LOG_THRESHOLDS: readonly LogThreshold[] = ['silent', ...LOG_LEVELS];

/** Number of a threshold: a line is written when the number of its level is not above it. */
export function severityOf(threshold: LogThreshold): number {
  return LOG_THRESHOLDS.indexOf(threshold);
}

/** The numbers of the levels. */
export const SEVERITIES: Readonly<Record<LogLevel, number>> = {
  error: severityOf('error'),
  warn: severityOf('warn'),
  info: severityOf('info'),
  debug: severityOf('debug'),
};

/** Whether `value` names a threshold. */
export function isLogThreshold(value: unknown): value is LogThreshold {
  return LOG_THRESHOLDS.includes(value as LogThreshold);
}
