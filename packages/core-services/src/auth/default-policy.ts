import type { Config } from '@bulkhead/config';

/** Whether requests without credentials get through everywhere: `backend.auth.dangerouslyDisableDefaultAuthPolicy`. */
export function isDefaultPolicyDisabled(config: Config): boolean {
  return config.getOptionalBoolean('backend.auth.dangerouslyDisableDefaultAuthPolicy') ?? false;
}
