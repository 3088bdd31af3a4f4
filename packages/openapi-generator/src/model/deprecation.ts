import { badDeprecation } from '../check/problems.ts';
import type { OperationModel } from './contract-model.ts';
import type { ContractReader } from './contract-reader.ts';

const DATES = ['x-deprecated-since', 'x-sunset'];

/** Whether an operation is deprecated, since when, and until when it will be there. */
export function readDeprecation(
  operation: Readonly<Record<string, unknown>>,
  reader: ContractReader,
): Pick<OperationModel, 'deprecated' | 'sunset'> {
  for (const key of DATES.filter((each) => operation[each] !== undefined)) {
    const value = operation[key];
    if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value))) {
      reader.problems.push(badDeprecation(`'${key}' is no date`, reader.places.of(operation, key)));
    } else if (operation['deprecated'] !== true) {
      reader.problems.push(
        badDeprecation(`'${key}' stands at an operation that is not deprecated`, reader.places.of(operation, key)),
      );
    }
  }
  if (operation['deprecated'] !== true) {
    return {};
  }
  const { 'x-deprecated-since': since, 'x-sunset': sunset } = operation;
  return { deprecated: typeof since === 'string' ? since : true, ...(typeof sunset === 'string' && { sunset }) };
}
