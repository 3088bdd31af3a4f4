import type { Runtime } from '../runtime.ts';
import { LONGEST_TIMER } from '../time/deadline.ts';
import type { PluginStartup } from './plugin-startup.ts';

/** How many of the plugins that are still starting are named in one line. */
const NAMED = 10;

/**
 * Says in the log, every `interval` milliseconds, what is still starting and what it waits for. Never for an interval
 * of 0.
 *
 * @returns ends it.
 */
export function reportProgress({ logger }: Runtime, startups: readonly PluginStartup[], interval: number): () => void {
  if (interval === 0) return () => {};
  const timer = setInterval(
    () => {
      const activities = startups.flatMap((startup) => [...startup.activities]);
      if (activities.length === 0) return;
      const named = activities.slice(0, NAMED).join(', ');
      const more = activities.length > NAMED ? ` and ${activities.length - NAMED} more` : '';
      logger.warn(`Still starting: ${named}${more}`);
    },
    Math.min(interval, LONGEST_TIMER),
  );
  timer.unref();
  return () => clearInterval(timer);
}
