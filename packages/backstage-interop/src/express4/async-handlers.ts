import { emptyRejection } from '../errors.ts';
import type {
  Application4,
  Handler4,
  Layer4,
  LayerPrototype4,
  Next,
  ParamHandler4,
  Response4,
  Router4,
} from './express.ts';

/** On prototypes that are mended. Shared by all copies of this package, so that nothing is mended twice. */
const MENDED = Symbol.for('@bulkhead/express4-answers-rejections');
/** On layers whose handler is no router, or one whose copy of Express is mended. */
const KNOWN = Symbol('bulkhead.known');

type Callable = (...args: unknown[]) => unknown;
type Marked<TValue> = TValue & { [MENDED]?: true; [KNOWN]?: true };

/**
 * Makes the copy of Express 4 that a handler comes from answer what its handlers reject with. Express 4 itself looks at
 * what they throw only, so that such requests would never be answered.
 *
 * The prototypes of that copy are changed, once: routes that are added later count, too. Routers of further copies are
 * found when the first request comes to them.
 */
export function answerRejections(handler: unknown): void {
  if (Array.isArray(handler)) {
    handler.forEach(answerRejections);
  } else if (typeof handler === 'function') {
    mendRouterOf(handler as Handler4);
  }
}

/** @returns whether nothing is left to be found out about the handler */
function mendRouterOf(handler: Handler4): boolean {
  if (!isRouter(handler) && !isApplication(handler)) {
    return true;
  }
  const prototype = findLayerPrototype(handler);
  if (prototype && !prototype[MENDED] && typeof prototype.handle_request === 'function') {
    mendLayers(prototype);
  }
  const router = Object.getPrototypeOf(handler) as Marked<Router4>;
  if (!router[MENDED] && typeof router.process_params === 'function') {
    mendParams(router);
  }
  return prototype !== undefined;
}

function isRouter(handler: Handler4): handler is Handler4 & Router4 {
  return Array.isArray((handler as Partial<Router4>).stack);
}

function isApplication(handler: Handler4): handler is Handler4 & Application4 {
  return typeof (handler as Partial<Application4>).lazyrouter === 'function';
}

/** Finds the prototype without leaving a trace: what has no layers yet gets none. */
function findLayerPrototype(
  handler: (Handler4 & Router4) | (Handler4 & Application4),
): Marked<LayerPrototype4> | undefined {
  const [layer = probe(handler)] = isRouter(handler) ? handler.stack : (handler._router?.stack ?? []);
  return layer && (Object.getPrototypeOf(layer) as LayerPrototype4);
}

function probe(handler: (Handler4 & Router4) | (Handler4 & Application4)): Layer4 | undefined {
  if (isApplication(handler)) {
    const copy = Object.create(handler, { _router: { value: undefined, writable: true } }) as Application4;
    copy.lazyrouter();
    return copy._router?.stack[0];
  }
  const factory: unknown = Object.getPrototypeOf(handler);
  // The prototype of routers of Express 4 is what makes them.
  const isFactory = typeof factory === 'function' && 'handle' in factory;
  const router = isFactory ? (factory as unknown as () => Router4 | undefined)() : undefined;
  router?.use(() => {});
  return router?.stack[0];
}

function mendLayers(prototype: Marked<LayerPrototype4>): void {
  prototype[MENDED] = true;
  // eslint-disable-next-line @typescript-eslint/max-params -- `this` is none.
  prototype.handle_request = function (this: Marked<Layer4>, request, response, next) {
    const { handle } = this;
    if (handle.length > 3) {
      next();
      return;
    }
    if (!this[KNOWN] && mendRouterOf(handle)) {
      this[KNOWN] = true;
    }
    run((passOn) => (handle as Callable)(request, response, passOn), response, next);
  };
  // eslint-disable-next-line @typescript-eslint/max-params -- As Express has it.
  prototype.handle_error = function (this: Layer4, error, request, response, next) {
    if (this.handle.length === 4) {
      run((passOn) => (this.handle as Callable)(error, request, response, passOn), response, next);
    } else {
      next(error);
    }
  };
}

function mendParams(router: Marked<Router4>): void {
  const original = router.process_params!;
  router[MENDED] = true;
  router.process_params = function (this: Router4, layer, ...rest) {
    for (const { name } of layer.keys ?? []) {
      const handlers = this.params?.[name];
      handlers?.forEach((handler: Marked<ParamHandler4>, index) => {
        if (!handler[MENDED]) handlers[index] = mendParamHandler(handler);
      });
    }
    return original.call(this, layer, ...rest);
  };
}

function mendParamHandler(handler: ParamHandler4): ParamHandler4 {
  // eslint-disable-next-line @typescript-eslint/max-params -- As Express has it.
  const mended: Marked<ParamHandler4> = (request, response, next, ...rest) =>
    run((passOn) => handler(request, response, passOn, ...rest), response, next);
  mended[MENDED] = true;
  return mended;
}

/** Calls a handler, and passes on what it throws or rejects with. */
function run(call: (passOn: Next) => unknown, response: Response4, next: Next): void {
  let hasPassedOn = false;
  let result: unknown;
  try {
    result = call((reason) => {
      hasPassedOn = true;
      next(reason);
    });
  } catch (error) {
    next(error);
    return;
  }
  if (isPromise(result)) {
    result.then(undefined, (error: unknown) => {
      if (hasPassedOn || response.writableEnded) {
        // Somebody else answers, or the answer is out: a stray rejection, which the host charges to the plugin.
        throw error;
      }
      next(error || emptyRejection());
    });
  }
}

/** Whether a handler has returned something to wait for. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<PromiseLike<unknown>>).then === 'function'
  );
}
