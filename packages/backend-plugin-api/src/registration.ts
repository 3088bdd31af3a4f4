import {
  CONNECTIONS_ID,
  narrowConnections,
  type ConnectionRegistration,
  type ConnectionsService,
} from './connections.ts';
import { illegalRegistration } from './errors.ts';
import type { ExtensionPoint, ExtensionPointContext, ExtensionPointRegistration } from './extension-point.ts';
import type { InitRegistration } from './feature.ts';
import type { AnyServiceRef, ServiceOf } from './service-ref.ts';

/** Named dependencies of a module: services, and extension points of the plugin that it extends. */
export type ModuleDeps = Readonly<Record<string, AnyServiceRef | ExtensionPoint<unknown>>>;

/** The instances that a module's init receives. */
export type ResolvedModuleDeps<TDeps> = {
  readonly [Name in keyof TDeps]: TDeps[Name] extends ExtensionPoint<infer T> ? T : ServiceOf<TDeps[Name]>;
};

/** An extension point that is made anew for each module that asks. */
export interface ExtensionPointOptions<T> {
  readonly extensionPoint: ExtensionPoint<T>;
  factory(context: ExtensionPointContext): NoInfer<T>;
}

/** Declares what a plugin or module offers to (further) modules. */
export interface RegisterExtensionPoint {
  /** Offers one implementation to all modules. */
  <T>(extensionPoint: ExtensionPoint<T>, implementation: NoInfer<T>): void;
  /** Offers an implementation per module. */
  <T>(options: ExtensionPointOptions<T>): void;
}

/** Turns an extension point among the dependencies of a plugin into a sentence for the editor. */
export type PluginDeps<TDeps> = {
  readonly [Name in keyof TDeps]: TDeps[Name] extends ExtensionPoint<unknown>
    ? 'An extension point can only be a dependency of a module: a plugin offers it and uses its own object'
    : unknown;
};

/** Announces look-ups of connections, once for each type. Without it `core.connections` hands out none. */
export type RegisterConnection = (connection: ConnectionRegistration) => void;

/** What a plugin's `register` can do. */
export interface PluginEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  readonly registerConnection: RegisterConnection;
  /** Declares the services that the plugin needs and what it does with them. Exactly once, and last. */
  registerInit<TDeps extends ModuleDeps>(options: {
    readonly deps: TDeps & PluginDeps<TDeps>;
    init(deps: ResolvedModuleDeps<TDeps>): Promise<void>;
  }): void;
}

/** What a module's `register` can do. */
export interface ModuleEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  readonly registerConnection: RegisterConnection;
  /** Declares the services and extension points that the module needs. Exactly once, and last. */
  registerInit<TDeps extends ModuleDeps>(options: {
    readonly deps: TDeps;
    init(deps: ResolvedModuleDeps<TDeps>): Promise<void>;
  }): void;
}

/** What `register` declared, whoever called it. */
export interface CollectedRegistration {
  readonly extensionPoints: readonly ExtensionPointRegistration[];
  readonly connections?: readonly ConnectionRegistration[];
  readonly init: InitRegistration;
}

/** The environment without the types that only the author of a plugin sees. */
interface UntypedEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  readonly registerConnection: RegisterConnection;
  registerInit(options: { deps: ModuleDeps; init: InitRegistration['run'] }): void;
}

/**
 * Runs `register` and collects what it declares, enforcing the order: extension points and connections first, then
 * exactly one init.
 *
 * @throws BulkheadError `ERR_PLUGIN_API_ILLEGAL_REGISTRATION`
 */
export function collectRegistration(owner: string, register: (env: UntypedEnvironment) => void): CollectedRegistration {
  const extensionPoints = new Map<string, ExtensionPointRegistration>();
  const connections = new Map<string, ConnectionRegistration>();
  let init: InitRegistration | undefined;

  function declare<T>(declared: Map<string, T>, what: { kind: string; id: string }, declaration: T): void {
    const { kind, id } = what;
    if (init) {
      throw illegalRegistration(owner, `registers ${kind} '${id}' after its init`, 'Move it above registerInit.');
    }
    if (declared.has(id)) {
      throw illegalRegistration(owner, `registers ${kind} '${id}' twice`, 'Remove one of the two calls.');
    }
    declared.set(id, declaration);
  }

  register({
    registerExtensionPoint<T>(first: ExtensionPoint<T> | ExtensionPointOptions<T>, implementation?: T): void {
      const registration = toExtensionPointRegistration(first, implementation);
      declare(extensionPoints, { kind: 'extension point', id: registration.extensionPoint.id }, registration);
    },
    registerConnection(connection): void {
      declare(connections, { kind: 'connection', id: connection.type }, { ...connection });
    },
    registerInit({ deps, init: run }): void {
      if (init) throw illegalRegistration(owner, 'calls registerInit twice', 'Merge the two into one.');
      init = { deps: { ...deps }, run };
    },
  });

  if (!init)
    throw illegalRegistration(
      owner,
      'does not call registerInit',
      'Call env.registerInit({ deps, init }) in register.',
    );
  const declared = [...connections.values()];
  return {
    extensionPoints: [...extensionPoints.values()],
    ...(declared.length > 0 && { connections: declared }),
    init: withDeclaredConnections(init, declared, owner),
  };
}

/** An init that gets only the connections that were declared. One that asks for none stays as it is. */
function withDeclaredConnections(
  init: InitRegistration,
  declared: readonly ConnectionRegistration[],
  owner: string,
): InitRegistration {
  const names = Object.keys(init.deps).filter((name) => init.deps[name]!.id === CONNECTIONS_ID);
  if (names.length === 0) return init;
  const { deps, run } = init;
  const narrow = (service: unknown): ConnectionsService =>
    narrowConnections(service as ConnectionsService, declared, owner);
  return {
    deps,
    run: (resolved) => run({ ...resolved, ...Object.fromEntries(names.map((name) => [name, narrow(resolved[name])])) }),
  };
}

function toExtensionPointRegistration<T>(
  first: ExtensionPoint<T> | ExtensionPointOptions<T>,
  implementation: T | undefined,
): ExtensionPointRegistration {
  if ('extensionPoint' in first) {
    return { extensionPoint: first.extensionPoint, factory: (context) => first.factory(context) };
  }
  return { extensionPoint: first, factory: () => implementation };
}
