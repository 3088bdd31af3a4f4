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
  const calls: { method: string; args: unknown[] }[] = [];
  const recorded: object = Object.create(Object.getPrototypeOf(service) as object);
  for (const [name, descriptor] of membersOf(service)) {
    Object.defineProperty(recorded, name, recordingMember(service, name, descriptor, calls));
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

function recordingMember(
  service: object,
  name: string | symbol,
  descriptor: PropertyDescriptor,
  calls: { method: string; args: unknown[] }[],
): PropertyDescriptor {
  const visible = { enumerable: true, configurable: true };
  if (typeof descriptor.value !== 'function' || typeof name === 'symbol') {
    return { ...visible, get: () => Reflect.get(service, name, service) as unknown };
  }
  const method = descriptor.value as (...args: unknown[]) => unknown;
  const value = (...args: unknown[]): unknown => {
    calls.push({ method: name, args });
    return method.apply(service, args);
  };
  return { ...visible, writable: true, value };
}

/** Own and inherited members; those of a derived class hide those of its base. */
function membersOf(service: object): Map<string | symbol, PropertyDescriptor> {
  const members = new Map<string | symbol, PropertyDescriptor>();
  for (let holder: object | null = service; holder && holder !== Object.prototype;) {
    for (const name of Reflect.ownKeys(holder)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(holder, name);
      if (descriptor && name !== 'constructor' && !members.has(name)) members.set(name, descriptor);
    }
    holder = Reflect.getPrototypeOf(holder);
  }
  return members;
}
