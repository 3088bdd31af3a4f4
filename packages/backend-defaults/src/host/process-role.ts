import type { ServiceFactory } from '@bulkhead/backend-plugin-api';
import { createRootLoggerServiceFactory } from '@bulkhead/core-services/root-logger';
import {
  createTopologyServiceFactory,
  readProcessSelection,
  type ProcessSelection,
} from '@bulkhead/core-services/topology';
import type { JsonObject } from '@bulkhead/types';
import { isSupervised } from './supervisor.ts';

/** Which process of the topology a host is to be, from its options or else from the environment. */
export function findProcessSelection({
  process: name,
  replica,
}: {
  readonly process?: string;
  readonly replica?: number;
}): ProcessSelection | undefined {
  if (name === undefined) return readProcessSelection(process.env);
  return { name, ...(replica !== undefined && { replica: String(replica) }) };
}

/** The services of a host that is a process of the topology. They stand in for the defaults of the same id. */
export function processServiceFactories(selection: ProcessSelection | undefined): readonly ServiceFactory[] {
  if (!selection) return [];
  return [
    createTopologyServiceFactory(() => selection),
    createRootLoggerServiceFactory({
      // The supervisor writes the name in front of each line of text.
      meta: ({ format }) => (format === 'text' && isSupervised() ? {} : fieldsOf(selection)),
    }),
  ];
}

function fieldsOf({ name, replica }: ProcessSelection): JsonObject {
  return { process: name, ...(replica !== undefined && { replica: Number(replica) }) };
}
