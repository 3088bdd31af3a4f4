import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { hostInstrument } from '../telemetry/host-instrument.ts';
import type { DropListener } from './line-writer.ts';

const droppedLines = hostInstrument((meter) =>
  meter.createCounter('bulkhead.log.lines.dropped', {
    description: 'Lines that were not logged, since whoever reads the log did not keep up.',
  }),
);

/** Counts the lines that a log has lost, and says so in the log once it is read again. */
export function createDropListener(logger: LoggerService): DropListener {
  return {
    onDrop: () => droppedLines().add(1),
    onRecovery: (count) =>
      logger.warn(`${count} lines are missing here: whoever reads the log did not keep up`, { droppedLines: count }),
  };
}
