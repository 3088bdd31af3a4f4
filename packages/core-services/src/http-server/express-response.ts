import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';
import { HostResponse } from './host-response.ts';
import { loadExpress } from './load-express.ts';

/** The application that a response is in. */
const APP = Symbol('bulkhead.app');

/**
 * A response of the host that has the methods of Express 5 from the beginning. Express gives them to a response by replacing its
 * prototype, for which V8 takes as long as for everything else that is made for a response.
 */
export class ExpressResponse<TRequest extends IncomingMessage = IncomingMessage> extends HostResponse<TRequest> {
  [APP]: Express | undefined = undefined;

  get app(): Express | undefined {
    return this[APP];
  }

  set app(app: Express | undefined) {
    this[APP] = app;
  }
}

/** Gives responses the methods, from the first application on. */
function giveMethods(): void {
  const { response } = loadExpress();
  if (Object.getPrototypeOf(ExpressResponse.prototype) !== response) {
    Object.setPrototypeOf(ExpressResponse.prototype, response as object);
  }
}

/** Has the responses of one application know the application, and have what the application adds to them. */
export class ApplicationResponses {
  readonly #app: Express;
  /** What Express has made for responses to be put before. */
  #prototype: object;
  #mayBeChanged = false;

  constructor(app: Express) {
    this.#prototype = app.response as object;
    giveMethods();
    this.#app = app;
    // Whoever asks for it may add to it, as Express documents, or puts it before responses: as do applications in this one.
    Object.defineProperty(app, 'response', {
      configurable: true,
      enumerable: true,
      get: () => {
        this.#mayBeChanged = true;
        return this.#prototype;
      },
      set: (prototype: object) => {
        this.#mayBeChanged = true;
        this.#prototype = prototype;
      },
    });
  }

  /** Makes a response one of the application. */
  enter(response: ServerResponse): void {
    if (!this.#mayBeChanged && Object.getPrototypeOf(response) === ExpressResponse.prototype) {
      (response as ExpressResponse).app = this.#app;
    } else {
      Object.setPrototypeOf(response, this.#prototype);
    }
  }
}
