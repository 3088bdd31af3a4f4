import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { AnyZodObject, z } from 'zod/v3';
import type { Credentials } from './auth.ts';
import type { LoggerService } from './logger.ts';
import type { Permission } from './permissions.ts';

/** What an action does to its surroundings, as far as whoever invokes it should know beforehand. */
export interface ActionAttributes {
  /** Whether it may destroy something. Defaults to `false` for an action that only reads, else to `true`. */
  readonly destructive?: boolean;
  /** Whether invoking it twice with the same input does no more than invoking it once. Defaults to `false`. */
  readonly idempotent?: boolean;
  /** Whether it leaves everything as it is. Defaults to `false`. */
  readonly readOnly?: boolean;
}

/** What an action is given. */
export interface ActionContext<
  TInput extends AnyZodObject = AnyZodObject,
  TSecrets extends AnyZodObject | undefined = undefined,
> {
  /** As the schema has parsed it. */
  readonly input: z.infer<TInput>;
  /** As the schema has parsed them; `undefined` for an action that has no schema for secrets. */
  readonly secrets: TSecrets extends AnyZodObject ? z.infer<TSecrets> : undefined;
  readonly logger: LoggerService;
  /** Who invokes the action. */
  readonly credentials: Credentials;
}

/** How an action is used. */
export interface ActionExample<
  TInput extends AnyZodObject = AnyZodObject,
  TOutput extends AnyZodObject = AnyZodObject,
> {
  readonly title: string;
  readonly description?: string;
  readonly input: z.infer<TInput>;
  readonly output?: z.infer<TOutput>;
}

/** An action, for {@link ActionsRegistryService.register}. */
export interface ActionOptions<
  TInput extends AnyZodObject = AnyZodObject,
  TOutput extends AnyZodObject = AnyZodObject,
  TSecrets extends AnyZodObject | undefined = undefined,
> {
  /** Unique within the plugin: the id of the action is `<pluginId>:<name>`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Makers of schemas; they are given the `z` of zod's version 3. */
  readonly schema: {
    readonly input: (zod: typeof z) => TInput;
    readonly output: (zod: typeof z) => TOutput;
    /** What is needed and must not be logged or kept, such as tokens of the caller. */
    readonly secrets?: (zod: typeof z) => TSecrets extends AnyZodObject ? TSecrets : never;
  };
  readonly examples?: readonly ActionExample<TInput, TOutput>[];
  /** Whoever lacks this permission does not see the action. Added to the plugin's permissions. */
  readonly visibilityPermission?: Permission;
  readonly attributes?: ActionAttributes;
  /** Does it. */
  action(
    context: ActionContext<TInput, TSecrets>,
  ): Promise<z.infer<TOutput> extends void ? void : { readonly output: z.infer<TOutput> }>;
}

/** Takes what a plugin lets others do by name: people, other plugins, language models. */
export interface ActionsRegistryService {
  /**
   * Registers an action. Those with a {@link ActionOptions.visibilityPermission} must come before the plugin has started.
   *
   * @throws BulkheadError for a second action of the same name
   */
  register<
    TInput extends AnyZodObject,
    TOutput extends AnyZodObject,
    TSecrets extends AnyZodObject | undefined = undefined,
  >(
    options: ActionOptions<TInput, TOutput, TSecrets>,
  ): void;
}

/** An action of any plugin, as it can be invoked. */
export interface ListedAction {
  /** `<pluginId>:<name>` */
  readonly id: string;
  readonly pluginId: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** As JSON Schema. */
  readonly schema: { readonly input: JsonObject; readonly output: JsonObject; readonly secrets?: JsonObject };
  readonly examples?: readonly {
    readonly title: string;
    readonly description?: string;
    readonly input: JsonObject;
    readonly output?: JsonObject;
  }[];
  readonly attributes: Required<ActionAttributes>;
}

/** An action to invoke, and for whom. */
export interface ActionInvocation {
  /** Id of the action: `<pluginId>:<name>`. */
  readonly id: string;
  readonly input?: JsonObject;
  readonly secrets?: JsonObject;
  readonly credentials: Credentials;
}

/** Invokes the actions of plugins, wherever those run. */
export interface ActionsService {
  /** What somebody may invoke, of the plugins that `backend.actions.pluginSources` names. A plugin that fails is left out. */
  list(options: { readonly credentials: Credentials }): Promise<{ readonly actions: readonly ListedAction[] }>;
  /**
   * Invokes an action on behalf of somebody.
   *
   * @throws the error with which the plugin answers: InputError for input that does not fit, NotFoundError where there is
   *   no such action
   */
  invoke(invocation: ActionInvocation): Promise<{ readonly output: JsonValue }>;
}
