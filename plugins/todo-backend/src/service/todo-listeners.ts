import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { TodoChange, TodoListener, TodoListenersExtensionPoint } from '@bulkhead/plugin-todo-node';

/** The listeners of all modules. */
export class TodoListeners {
  readonly #listeners: { readonly moduleId: string; readonly listener: TodoListener }[] = [];
  readonly #running = new Set<Promise<void>>();

  /** What one module gets to see, so that the log can name it. */
  extensionPointFor(moduleId: string): TodoListenersExtensionPoint {
    return { addListener: (listener) => void this.#listeners.push({ moduleId, listener }) };
  }

  /** Tells all listeners, without waiting for them. Their failures end in the log. */
  notify(change: TodoChange, logger: LoggerService): void {
    for (const { moduleId, listener } of this.#listeners) {
      const run = this.#run(listener, change).catch((cause: unknown) => {
        const { type, todo } = change;
        logger.error(`A listener of module '${moduleId}' failed on ${type} todo ${todo.id}`, toError(cause));
      });
      this.#running.add(run);
      void run.finally(() => this.#running.delete(run));
    }
  }

  /** Settles when no listener is at work. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  // Asynchronous so that a listener that throws at once is caught like one that rejects.
  async #run(listener: TodoListener, change: TodoChange): Promise<void> {
    await listener(change);
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new TypeError(`Not an error: ${String(thrown)}`);
}
