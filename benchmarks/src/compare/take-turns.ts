/** Hands the turn to the next one, and waits until it comes back. */
export type Pass = () => Promise<void>;

/** Something that has its turns. */
export type Participant<T> = (pass: Pass) => Promise<T>;

/**
 * Lets several go on by turns: only one is at work at any time, until it passes the turn or ends. When one fails the
 * others do, too, as soon as it is their turn.
 */
export async function takeTurns<T>(participants: readonly Participant<T>[]): Promise<T[]> {
  const waiting: (() => void)[] = [];
  let failure: { readonly error: unknown } | undefined;
  const wait = async (): Promise<void> => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (failure) throw failure.error;
  };
  const pass = async (): Promise<void> => {
    const turn = wait();
    waiting.shift()?.();
    await turn;
  };
  const runs = participants.map(async (participant) => {
    try {
      await wait();
      return await participant(pass);
    } catch (error) {
      failure ??= { error };
      throw error;
    } finally {
      waiting.shift()?.();
    }
  });
  waiting.shift()?.();
  const outcomes = await Promise.allSettled(runs);
  if (failure) throw failure.error;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Awaited<T>>).value);
}
