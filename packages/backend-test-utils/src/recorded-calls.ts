type Method = (...args: never[]) => unknown;

/** The names of a service's methods. */
export type MethodName<TService> = {
  [Name in keyof TService]-?: NonNullable<TService[Name]> extends Method ? Name : never;
}[keyof TService] &
  string;

/** The arguments of one of a service's methods. */
export type MethodArgs<TService, TName extends MethodName<TService>> = Parameters<
  Extract<NonNullable<TService[TName]>, Method>
>;

/** One call of one of a service's methods: narrow by `method` to know the arguments. */
export type RecordedCall<TService> = {
  [Name in MethodName<TService>]: { readonly method: Name; readonly args: MethodArgs<TService, Name> };
}[MethodName<TService>];

/** What a recorded service remembers. */
export interface CallRecord<TService> {
  /** All calls, in order, also those that threw. */
  readonly calls: readonly RecordedCall<TService>[];
  /** The arguments of each call of one method, in order. */
  callsTo<TName extends MethodName<TService>>(method: TName): MethodArgs<TService, TName>[];
  /** Forgets all calls. */
  clearCalls(): void;
}

/** A service that records its calls, with the further members that its mock has. */
export type Recorded<TService, TExtras = unknown> = TService & CallRecord<TService> & TExtras;

/**
 * A service that behaves as `service` does and records how it is called. Needs no test runner.
 *
 * Calls that the service makes of its own methods are not recorded. `instanceof` sees the same classes as before.
 *
 * @param extras - members that the result has besides; they are not recorded
 *
 * @example
 * ```ts
 * const greeter = recordCalls<Greeter>({ greet: name => `Hello ${name}` });
 * greeter.greet('Ada');
 * greeter.callsTo('greet'); // [['Ada']]
 * ```
 */
export function recordCalls<TService extends object, TExtras extends object = object>(
  service: TService,
  extras?: TExtras,
): Recorded<TService, TExtras> {
  const calls: UntypedCall[] = [];
  const recorded = Object.create(Object.getPrototypeOf(service) as object) as object;
  for (const [name, member] of membersOf(service)) {
    const isMethod = typeof member.value === 'function';
    Object.defineProperty(recorded, name, {
      enumerable: true,
      configurable: true,
      ...(isMethod ? { value: recordingMethod(service, name, calls) } : { get: () => readMember(service, name) }),
    });
  }
  const record = {
    calls,
    callsTo: (method: string) => calls.filter((call) => call.method === method).map((call) => call.args),
    clearCalls: () => void calls.splice(0),
  };
  for (const source of [record, extras ?? {}]) {
    Object.defineProperties(recorded, Object.getOwnPropertyDescriptors(source));
  }
  return recorded as Recorded<TService, TExtras>;
}

interface UntypedCall {
  readonly method: string;
  readonly args: readonly unknown[];
}

function recordingMethod(service: object, name: string | symbol, calls: UntypedCall[]): Method {
  const method = readMember(service, name) as (...args: unknown[]) => unknown;
  return (...args: unknown[]) => {
    calls.push({ method: String(name), args });
    return method.apply(service, args);
  };
}

function readMember(service: object, name: string | symbol): unknown {
  return Reflect.get(service, name, service) as unknown;
}

/** Own and inherited members; those of a derived class hide those of its base. */
function membersOf(service: object): Map<string | symbol, PropertyDescriptor> {
  const members = new Map<string | symbol, PropertyDescriptor>();
  let holder: object | null = service;
  while (holder && holder !== Object.prototype) {
    for (const name of Reflect.ownKeys(holder)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
      if (descriptor && name !== 'constructor' && !members.has(name)) members.set(name, descriptor);
    }
    holder = Reflect.getPrototypeOf(holder);
  }
  return members;
}
