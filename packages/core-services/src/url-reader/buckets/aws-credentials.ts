import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { requirePackage, type Integrations } from '../hosts/integrations.ts';

type CredentialProvider = Awaited<ReturnType<AwsCredentialsManager['getCredentialProvider']>>['sdkCredentialProvider'];

/** What an integration says about who reads. */
export interface AwsAccess {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
}

/**
 * The credentials of an integration: its keys, or those that `aws` in the configuration or the machine has; in the role
 * that the integration names.
 */
export async function readAwsCredentials(
  { config }: Integrations,
  { accessKeyId, secretAccessKey, roleArn, externalId }: AwsAccess,
  { region, neededFor }: { readonly region: string; readonly neededFor: string },
): Promise<CredentialProvider> {
  const own: CredentialProvider =
    accessKeyId && secretAccessKey
      ? async () => ({ accessKeyId, secretAccessKey })
      : (
          await requirePackage<typeof import('@backstage/integration-aws-node')>(
            '@backstage/integration-aws-node',
            neededFor,
          )
            .DefaultAwsCredentialsManager.fromConfig(config)
            .getCredentialProvider()
        ).sdkCredentialProvider;
  if (!roleArn) return own;
  const { fromTemporaryCredentials } = requirePackage<typeof import('@aws-sdk/credential-providers')>(
    '@aws-sdk/credential-providers',
    neededFor,
  );
  return fromTemporaryCredentials({
    masterCredentials: own,
    params: { RoleSessionName: 'bulkhead-url-reader', RoleArn: roleArn, ExternalId: externalId },
    clientConfig: { region },
  });
}
