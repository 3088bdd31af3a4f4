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

/** What a plugin's `register` can do. */
export interface PluginEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  /** Declares the services that the plugin needs and what it does with them. Exactly once, and last. */
  registerInit<TDeps extends ModuleDeps>(options: {
    readonly deps: TDeps & PluginDeps<TDeps>;
    init(deps: ResolvedModuleDeps<TDeps>): Promise<void>;
  }): void;
}

/** What a module's `register` can do. */
export interface ModuleEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  /** Declares the services and extension points that the module needs. Exactly once, and last. */
  registerInit<TDeps extends ModuleDeps>(options: {
    readonly deps: TDeps;
    init(deps: ResolvedModuleDeps<TDeps>): Promise<void>;
  }): void;
}

/** What `register` declared, whoever called it. */
export interface CollectedRegistration {
  readonly extensionPoints: readonly ExtensionPointRegistration[];
  readonly init: InitRegistration;
}

/** The environment without the types that only the author of a plugin sees. */
interface UntypedEnvironment {
  readonly registerExtensionPoint: RegisterExtensionPoint;
  registerInit(options: { deps: ModuleDeps; init: InitRegistration['run'] }): void;
}

/**
 * Runs `register` and collects what it declares, enforcing the order: extension points first, then exactly one init.
 *
 * @throws BulkheadError `ERR_PLUGIN_API_ILLEGAL_REGISTRATION`
 */
export function collectRegistration(owner: string, register: (env: UntypedEnvironment) => void): CollectedRegistration {
  const extensionPoints: ExtensionPointRegistration[] = [];
  const known = new Set<string>();
  let init: InitRegistration | undefined;

  register({
    registerExtensionPoint<T>(first: ExtensionPoint<T> | ExtensionPointOptions<T>, implementation?: T): void {
      const registration = toExtensionPointRegistration(first, implementation);
      const { id } = registration.extensionPoint;
      if (init) {
        throw illegalRegistration(
          owner,
          `registers extension point '${id}' after its init`,
          'Move it above registerInit.',
        );
      }
      if (known.has(id)) {
        throw illegalRegistration(owner, `registers extension point '${id}' twice`, 'Remove one of the two calls.');
      }
      known.add(id);
      extensionPoints.push(registration);
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
  return { extensionPoints, init };
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
