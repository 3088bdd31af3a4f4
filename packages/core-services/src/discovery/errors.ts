import { ProblemsError, ServiceUnavailableError, type Problem } from '@bulkhead/errors';

/** `discovery.endpoints` or `backend.baseUrl` cannot be used as they are. */
export function invalidDiscovery(problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('ERR_DISCOVERY_CONFIG', 'The configuration of discovery is wrong', problems);
}

/** One fault. */
export function endpointProblem(path: string, message: string, hint?: string): Problem {
  return {
    code: 'ERR_DISCOVERY_ENDPOINT',
    message: `${path} ${message}`,
    hint,
    path: path.split(/[.[\]]+/).filter((part) => part !== ''),
  };
}

/** The DNS does not say which processes a name stands for, and never has. */
export function srvLookupFailed(name: string, cause?: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(`The DNS has no SRV records for ${name}`, {
    code: 'ERR_DISCOVERY_SRV',
    hint: 'Compare the target in discovery.endpoints with what `dig SRV` finds; discovery.dnsServers says whom to ask.',
    cause,
  });
}
