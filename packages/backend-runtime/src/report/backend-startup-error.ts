import type { StartupReport } from '@bulkhead/backend-plugin-api';
import { BulkheadError } from '@bulkhead/errors';
import { startupFault } from '../errors.ts';

/** Something that failed during a start-up and is not tolerated. */
export interface StartupFault {
  /** What failed, for example `Plugin 'todo'`. */
  readonly what: string;
  readonly error: Error;
  /** Whether the failure policy could have let the host go on; it cannot without a root service. */
  readonly tolerable: boolean;
}

/** Root services, plugins or modules failed to start, and the failure policy says that the host must not go on. */
export class BackendStartupError extends BulkheadError {
  /** How the start-up went up to here. */
  readonly report: StartupReport;
  /** One per fault; the cause of each is what was thrown. */
  readonly errors: readonly Error[];

  constructor(faults: readonly StartupFault[], report: StartupReport) {
    super('ERR_RUNTIME_STARTUP_FAILED', `The backend could not start: ${list(faults)} failed`, {
      hint: faults.some(({ tolerable }) => tolerable)
        ? 'Mend the faults, or set backend.startup to start without the plugins or modules at fault.'
        : undefined,
      cause: faults.length === 1 ? faults[0]!.error : undefined,
    });
    this.report = report;
    this.errors = faults.map(({ what, error }) => startupFault(what, error));
  }
}

function list(faults: readonly StartupFault[]): string {
  const names = faults.map(({ what }) => what.charAt(0).toLowerCase() + what.slice(1));
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
