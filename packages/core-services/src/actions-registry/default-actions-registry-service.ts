import type {
  ActionOptions,
  ActionsRegistryService,
  Credentials,
  ListedAction,
  LoggerService,
  Permission,
  PermissionsRegistryService,
  PermissionsService,
} from '@bulkhead/backend-plugin-api';
import type { AnyZodObject } from 'zod/v3';
import type { Principal } from '../auth/credentials.ts';
import { ActionSchemas } from './action-schemas.ts';
import {
  actionRegisteredTwice,
  anonymousInvocation,
  invalidInput,
  invalidOutput,
  invalidSecrets,
  missingSecrets,
  unknownAction,
  unwantedSecrets,
} from './errors.ts';

/** What {@link DefaultActionsRegistryService} is made of. */
export interface DefaultActionsRegistryServiceOptions {
  readonly pluginId: string;
  /** For the actions. */
  readonly logger: LoggerService;
  /** Asked who sees an action that demands a permission. */
  readonly permissions: Pick<PermissionsService, 'authorize'>;
  /** Takes these permissions. */
  readonly permissionsRegistry: Pick<PermissionsRegistryService, 'addPermissions'>;
}

/** What is handed to an action. */
export interface RegistryInvocation {
  /** Id of the action: `<pluginId>:<name>`. */
  readonly id: string;
  readonly input?: unknown;
  readonly secrets?: unknown;
  readonly credentials: Credentials;
}

/** An action, of which it does not matter what its schemas say. */
interface RegisteredAction {
  readonly id: string;
  readonly options: Omit<ActionOptions, 'schema' | 'action'>;
  readonly schemas: ActionSchemas;
  run(context: unknown): Promise<{ readonly output?: unknown } | undefined | void>;
}

/** The actions of one plugin: takes them, shows them to those who may see them, and invokes them. */
export class DefaultActionsRegistryService implements ActionsRegistryService {
  readonly #options: DefaultActionsRegistryServiceOptions;
  readonly #actions = new Map<string, RegisteredAction>();

  constructor(options: DefaultActionsRegistryServiceOptions) {
    this.#options = options;
  }

  /**
   * {@inheritDoc ActionsRegistryService.register}
   *
   * @throws BulkheadError `ERR_ACTIONS_REGISTRY_DUPLICATE`; what the permissions registry throws
   */
  register<
    TInput extends AnyZodObject,
    TOutput extends AnyZodObject,
    TSecrets extends AnyZodObject | undefined = undefined,
  >(action: ActionOptions<TInput, TOutput, TSecrets>): void {
    const { pluginId, permissionsRegistry } = this.#options;
    // The schemas see to it that the action gets what its types say.
    const options = action as unknown as ActionOptions;
    const id = `${pluginId}:${options.name}`;
    if (this.#actions.has(id)) throw actionRegisteredTwice(id);
    if (options.visibilityPermission) permissionsRegistry.addPermissions([options.visibilityPermission]);
    this.#actions.set(id, {
      id,
      options,
      schemas: new ActionSchemas(options.schema),
      run: (context) => options.action(context as Parameters<typeof options.action>[0]),
    });
  }

  /** The actions that somebody may see, in the order in which they were registered. */
  async list(credentials: Credentials): Promise<ListedAction[]> {
    const visible = await this.#findVisible([...this.#actions.values()], credentials);
    return Promise.all(visible.map((action) => this.#describe(action)));
  }

  /**
   * Invokes an action.
   *
   * @throws NotAllowedError `ERR_ACTIONS_REGISTRY_ANONYMOUS`; NotFoundError `ERR_ACTIONS_REGISTRY_UNKNOWN`; InputError
   *   `ERR_ACTIONS_REGISTRY_INPUT`, `ERR_ACTIONS_REGISTRY_SECRETS`, `ERR_ACTIONS_REGISTRY_OUTPUT`; what the action throws
   */
  async invoke({ id, input, secrets, credentials }: RegistryInvocation): Promise<{ readonly output: unknown }> {
    if ((credentials.principal as Principal).type === 'none') throw anonymousInvocation(id);
    const action = this.#actions.get(id);
    if (!action || (await this.#findVisible([action], credentials)).length === 0) throw unknownAction(id);
    const { schemas } = action;
    const { logger } = this.#options;
    const parsed = await schemas.parse('input', input);
    if (parsed?.success === false) throw invalidInput(id, parsed.error);
    const result = await action.run({
      input: parsed?.data,
      secrets: await parseSecrets(action, secrets),
      credentials,
      logger,
    });
    const output = await schemas.parse('output', result?.output);
    if (output?.success === false) {
      // The caller, who is told as well, cannot mend it.
      logger.error(`The action '${id}' has made what does not fit its own schema`, output.error);
      throw invalidOutput(id, output.error);
    }
    return { output: output ? output.data : result?.output };
  }

  async #findVisible(actions: readonly RegisteredAction[], credentials: Credentials): Promise<RegisteredAction[]> {
    const requests = actions.flatMap(({ id, options: { visibilityPermission: permission } }) =>
      permission ? [{ id, permission }] : [],
    );
    const denied = await this.#findDenied(requests, credentials);
    return actions.filter(({ id }) => !denied.has(id));
  }

  async #findDenied(
    requests: readonly { readonly id: string; readonly permission: Permission }[],
    credentials: Credentials,
  ): Promise<ReadonlySet<string>> {
    if (requests.length === 0) return new Set();
    const questions = requests.map(({ permission }) => ({ permission }));
    const decisions = await this.#options.permissions.authorize(questions, { credentials });
    return new Set(requests.filter((_, index) => decisions[index]?.result !== 'ALLOW').map(({ id }) => id));
  }

  async #describe({ id, options, schemas }: RegisteredAction): Promise<ListedAction> {
    const {
      name,
      title,
      description,
      examples,
      attributes: { readOnly = false, destructive, idempotent } = {},
    } = options;
    return {
      id,
      name,
      title,
      description,
      pluginId: this.#options.pluginId,
      attributes: { destructive: destructive ?? !readOnly, idempotent: idempotent ?? false, readOnly },
      examples: examples as ListedAction['examples'],
      schema: await schemas.describe(),
    };
  }
}

async function parseSecrets({ id, schemas }: RegisteredAction, secrets: unknown): Promise<unknown> {
  if (!schemas.has('secrets')) {
    if (secrets) throw unwantedSecrets(id);
    return undefined;
  }
  if (!secrets) throw missingSecrets(id);
  const parsed = await schemas.parse('secrets', secrets);
  if (parsed?.success === false) throw invalidSecrets(id, parsed.error);
  return parsed?.data;
}
