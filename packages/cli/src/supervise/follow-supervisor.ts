/** Whether `bulkhead start --all` has started this process. */
export function isSupervised(): boolean {
  return process.env.BULKHEAD_SUPERVISED === '1' && process.send !== undefined;
}

/**
 * Stops this process, as a signal does, once its supervisor is gone: also when that was killed and could tell nobody.
 */
export function followSupervisor(): void {
  const stop = (): unknown => process.kill(process.pid, 'SIGTERM');
  process.once('disconnect', stop);
  if (!process.connected) stop();
  // Nobody reads the last lines then. That must not cut the stop short.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // The channel alone is no reason to go on.
  process.channel?.unref();
}
