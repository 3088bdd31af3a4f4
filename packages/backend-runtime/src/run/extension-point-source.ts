import type { ExtensionPointRegistration } from '@bulkhead/backend-plugin-api';
import type { Installation } from '../validate/installations.ts';
import type { ExtensionPointMiddleware } from './extension-point-middleware.ts';

/** Hands the extension points of one plugin to its modules. */
export class ExtensionPointSource {
  readonly #registrations = new Map<string, ExtensionPointRegistration>();
  readonly #middleware: readonly ExtensionPointMiddleware[];

  constructor({ plugin, modules }: Installation, middleware: readonly ExtensionPointMiddleware[]) {
    this.#middleware = middleware;
    // Without modules nobody will ask.
    if (modules.length === 0) return;
    for (const { registration } of [plugin, ...modules]) {
      for (const offered of registration.extensionPoints) this.#registrations.set(offered.extensionPoint.id, offered);
    }
  }

  /**
   * Makes the extension point `id` for a module.
   *
   * @param onFailure - learns when the extension point finds the module faulty.
   */
  async create(id: string, moduleId: string, onFailure: (error: Error) => void): Promise<unknown> {
    let implementation = this.#registrations.get(id)!.factory({
      moduleId,
      reportModuleStartupFailure: ({ error }) => onFailure(error),
    });
    for (const { extensionPoint, wrap } of this.#middleware) {
      if (extensionPoint.id === id) implementation = await wrap(implementation);
    }
    return implementation;
  }
}
