import type {
  ConditionalDecision,
  Credentials,
  DefinitiveDecision,
  PermissionRequest,
} from '@bulkhead/backend-plugin-api';
import { isErrorLike } from '@bulkhead/errors';
import type { CallOptions, ClientConnection } from '@bulkhead/openapi/client';
import type { Principal } from '../auth/credentials.ts';
import { noPermissionPolicy } from './errors.ts';
import { authorizeOperation } from './permission-operation.ts';
import { askEach, askTogether, type Questions } from './questions.ts';
import { readAnswers } from './read-answers.ts';

/**
 * For whom is asked. Plugins that are older than credentials hand over a token, or nothing.
 *
 * @internal
 */
export interface Asker {
  readonly credentials?: Credentials;
  readonly token?: string;
}

/** What {@link PermissionClient} is made of. */
export interface PermissionClientOptions {
  /** Connects to the plugin that holds the policy. */
  readonly connect: () => ClientConnection;
  /** Whether questions about the same permission are asked together. Older permission plugins do not understand that. */
  readonly batches: boolean;
}

/** Asks the plugin `permission`, on behalf of those whom it is to decide about. */
export class PermissionClient {
  readonly #connect: () => ClientConnection;
  readonly #batches: boolean;

  constructor({ connect, batches }: PermissionClientOptions) {
    this.#connect = connect;
    this.#batches = batches;
  }

  /** What somebody may do. @throws as {@link authorizeConditional} */
  async authorize(requests: readonly PermissionRequest[], asker: Asker | undefined): Promise<DefinitiveDecision[]> {
    const questions = this.#batches ? askTogether(requests) : askEach(requests);
    return (await this.#ask(questions, asker, { conditional: false })) as DefinitiveDecision[];
  }

  /**
   * What somebody may do, and under which conditions.
   *
   * @throws NotImplementedError `ERR_PERMISSIONS_NO_POLICY`; BadGatewayError `ERR_PERMISSIONS_ANSWER`; the error that the
   *   plugin answers with, or one of those that tell that it does not
   */
  authorizeConditional(
    requests: readonly PermissionRequest[],
    asker: Asker | undefined,
  ): Promise<(DefinitiveDecision | ConditionalDecision)[]> {
    return this.#ask(askEach(requests), asker, { conditional: true });
  }

  async #ask(
    questions: Questions,
    asker: Asker | undefined,
    allowed: { readonly conditional: boolean },
  ): Promise<(DefinitiveDecision | ConditionalDecision)[]> {
    const { items } = questions;
    if (items.length === 0) return [];
    const body = await this.#post({ items }, toCallOptions(asker));
    return questions.sort(readAnswers(body, items, allowed));
  }

  async #post(body: unknown, options: CallOptions): Promise<unknown> {
    try {
      return (await this.#connect().call(authorizeOperation, { body }, options)).body;
    } catch (error) {
      throw isErrorLike(error) && error.code === 'ERR_HTTP_UNKNOWN_PLUGIN' ? noPermissionPolicy(error) : error;
    }
  }
}

function toCallOptions({ credentials, token }: Asker = {}): CallOptions {
  if (!credentials) return token ? { token } : {};
  // Nobody has no token; the plugin says whether it wants one.
  return (credentials.principal as Principal).type === 'none' ? {} : { credentials };
}
