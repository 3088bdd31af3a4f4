import type {
  ActionInvocation,
  ActionsService,
  Credentials,
  ListedAction,
  LoggerService,
} from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { ClientsService } from '@bulkhead/openapi';
import type { JsonValue } from '@bulkhead/types';
import { createActionFilter, readFilterRules } from './action-filter.ts';
import { invokeOperation, invokeWithSecretsOperation, listOperation } from './action-operations.ts';
import { malformedActionId, unusableAnswer } from './errors.ts';

/** What {@link DefaultActionsService} is made of. */
export interface DefaultActionsServiceOptions {
  readonly config: Config;
  readonly clients: ClientsService;
  readonly logger: LoggerService;
}

/** How long an action may take, in milliseconds; as long as `fetch` would wait. */
const INVOCATION_TIMEOUT = 5 * 60 * 1_000;

/** Asks the plugins that the configuration names for their actions, and invokes those of any plugin. */
export class DefaultActionsService implements ActionsService {
  readonly #options: DefaultActionsServiceOptions;

  /** @throws BulkheadError `ERR_CONFIG_TYPE` */
  constructor(options: DefaultActionsServiceOptions) {
    this.#options = options;
    // Read anew for each list; here in order to be told of mistakes while the host starts.
    readSources(options.config);
    readFilterRules(options.config);
  }

  async list({ credentials }: { readonly credentials: Credentials }): Promise<{ readonly actions: ListedAction[] }> {
    const { config } = this.#options;
    const filter = await createActionFilter(readFilterRules(config));
    const lists = await Promise.all(readSources(config).map((source) => this.#listOf(source, credentials)));
    return { actions: lists.flat().filter(filter) };
  }

  /**
   * {@inheritDoc ActionsService.invoke}
   *
   * @throws InputError `ERR_ACTIONS_ID`; BadGatewayError `ERR_ACTIONS_ANSWER`; one of the errors `ERR_CLIENT_…` if there
   *   is no answer
   */
  async invoke({ id, input, secrets, credentials }: ActionInvocation): Promise<{ readonly output: JsonValue }> {
    const pluginId = pluginOf(id);
    const operation = secrets ? invokeWithSecretsOperation : invokeOperation;
    const request = { path: { id }, body: secrets ? { input, secrets } : input };
    const connection = this.#options.clients.connect(pluginId);
    const { body } = await connection.call(operation, request, { credentials, timeout: INVOCATION_TIMEOUT });
    if (!isRecord(body)) throw unusableAnswer(pluginId, 'it is no object');
    return { output: body.output as JsonValue };
  }

  async #listOf(source: string, credentials: Credentials): Promise<ListedAction[]> {
    const { clients, logger } = this.#options;
    try {
      const { body } = await clients.connect(source).call(listOperation, {}, { credentials });
      return readActions(source, body);
    } catch (error) {
      logger.warn(`The actions of plugin '${source}' are missing: it does not list them`, error as Error);
      return [];
    }
  }
}

function readSources(config: Config): readonly string[] {
  return config.getOptionalStringArray('backend.actions.pluginSources') ?? [];
}

function readActions(source: string, body: unknown): ListedAction[] {
  const actions: unknown = isRecord(body) ? body.actions : undefined;
  if (!Array.isArray(actions) || !actions.every(isAction)) {
    throw unusableAnswer(source, 'it is no list of actions');
  }
  return actions;
}

/** As much as is relied on here; the rest is for those who invoke. */
function isAction(value: unknown): value is ListedAction {
  return isRecord(value) && typeof value.id === 'string' && isRecord(value.attributes);
}

function pluginOf(id: string): string {
  const colon = id.indexOf(':');
  if (colon < 1) throw malformedActionId(id);
  return id.slice(0, colon);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
