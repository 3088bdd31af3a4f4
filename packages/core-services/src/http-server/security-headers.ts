import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidConfigValue, type Config } from '@bulkhead/config';
import helmet, { type HelmetOptions } from 'helmet';

/** Headers that every response carries: name and value. */
export type HeaderBlock = readonly (readonly [name: string, value: string])[];

/**
 * Computes the security headers once, with helmet, from `backend.csp`, `backend.referrer` and whether users come over
 * HTTPS. Per request they are only copied.
 *
 * @throws BulkheadError `ERR_CONFIG_VALUE`
 */
export function createSecurityHeaders(config: Config, secure: boolean): HeaderBlock {
  return computeHeaders(config, secure, { contentSecurityPolicy: readContentSecurityPolicy(config, secure) });
}

/**
 * The same for plugins that may serve front ends which were made for Backstage's host: they evaluate code, sign users in
 * through windows and forms of other origins, and show pictures to pages of other origins. What `backend.csp` says comes
 * first here, too.
 *
 * @throws BulkheadError `ERR_CONFIG_VALUE`
 */
export function createPageHeaders(config: Config, secure: boolean): HeaderBlock {
  return computeHeaders(config, secure, {
    contentSecurityPolicy: readContentSecurityPolicy(config, secure, {
      'script-src': ["'self'", "'unsafe-eval'"],
      'form-action': null,
    }),
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: false,
    originAgentCluster: false,
  });
}

/** What differs between plugins. */
interface Differences extends Pick<HelmetOptions, 'contentSecurityPolicy'> {
  readonly crossOriginOpenerPolicy?: false;
  readonly crossOriginResourcePolicy?: false;
  readonly originAgentCluster?: false;
}

function computeHeaders(config: Config, secure: boolean, options: Differences): HeaderBlock {
  const headers: [string, string][] = [];
  const recorder = {
    setHeader: (name: string, value: string) => void headers.push([name, value]),
    removeHeader: () => undefined,
  };
  const referrerPolicy = readReferrerPolicy(config);
  try {
    // Browsers ignore strict transport security over plain HTTP.
    const middleware = helmet({ ...options, referrerPolicy, strictTransportSecurity: secure });
    middleware({} as IncomingMessage, recorder as unknown as ServerResponse, throwIfAny);
  } catch (error) {
    throw invalidConfigValue(config, 'backend.csp', {
      expected: 'a content security policy',
      hint: `${(error as Error).message}.`,
    });
  }
  return headers;
}

/** Helmet passes on what a function among the directives throws; from the configuration come none. */
function throwIfAny(error?: unknown): void {
  if (error instanceof Error) {
    throw error;
  }
}

function readContentSecurityPolicy(
  config: Config,
  secure: boolean,
  defaults: Readonly<Record<string, string[] | null>> = {},
): HelmetOptions['contentSecurityPolicy'] {
  const configured = config.getOptional('backend.csp');
  if (configured === false) {
    return false;
  }
  // Tells browsers to fetch everything over HTTPS, which leads nowhere where there is none.
  const directives: Record<string, string[] | null> = {
    ...(!secure && { 'upgrade-insecure-requests': null }),
    ...defaults,
  };
  const section = configured === undefined ? undefined : config.getConfig('backend.csp');
  for (const name of section?.keys() ?? []) {
    directives[name] = section?.getOptional(name) === false ? null : (section?.getStringArray(name) ?? null);
  }
  return { directives };
}

const REFERRER_POLICIES = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const;

function readReferrerPolicy(config: Config): HelmetOptions['referrerPolicy'] {
  const names = [config.getOptional('backend.referrer') ?? 'no-referrer'].flat();
  const policy = names.map((name) => REFERRER_POLICIES.find((known) => known === name));
  if (policy.length === 0 || policy.includes(undefined)) {
    throw invalidConfigValue(config, 'backend.referrer', {
      expected: 'a referrer policy or a list of them',
      hint: `Choose from ${REFERRER_POLICIES.join(', ')}.`,
    });
  }
  return { policy: policy as (typeof REFERRER_POLICIES)[number][] };
}
