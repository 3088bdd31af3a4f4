import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Upstream } from './upstream.ts';

const REPOSITORY = join(import.meta.dirname, '../fixtures/repository');

/** Answers what plugins ask for while they start. */
export function prepareUpstream(upstream: Upstream): void {
  upstream.serve('/sqs', () => ({}));
  upstream.serve('/repository/', ({ url }) => readFileSync(join(REPOSITORY, basename(url)), 'utf8'));
  upstream.serve('/oidc/.well-known/openid-configuration', () => ({
    issuer: `${upstream.url}/oidc`,
    authorization_endpoint: `${upstream.url}/oidc/authorize`,
    token_endpoint: `${upstream.url}/oidc/token`,
    jwks_uri: `${upstream.url}/oidc/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }));
}
