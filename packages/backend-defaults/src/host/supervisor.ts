/** What a host tells the supervisor that has started it. */
export interface SupervisedMessage {
  readonly type: 'bulkhead:ready';
  /** Where it listens. */
  readonly url: string;
}

/** Whether `bulkhead start --all` has started this process. */
export function isSupervised(): boolean {
  return process.env.BULKHEAD_SUPERVISED === '1' && process.send !== undefined;
}

/** Tells the supervisor, if there is one, that the host is up. */
export function tellSupervisor(message: SupervisedMessage): void {
  // A supervisor that is gone needs no telling.
  if (isSupervised() && process.connected) process.send?.(message, undefined, {}, () => {});
}
