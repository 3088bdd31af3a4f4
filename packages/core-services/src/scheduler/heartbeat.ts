import { Timer } from './timer.ts';

/** What a sign of life is answered with. */
export type Pulse = 'held' | 'cancelled' | 'lost';

/** How a {@link Heartbeat} beats. Times are in milliseconds. */
export interface HeartbeatOptions {
  readonly every: number;
  /** For how long signs of life may fail until the worst is assumed. */
  readonly patience: number;
  readonly beat: () => Promise<Pulse>;
  /** Learns of the first of several failures in a row. */
  readonly onFailure: (error: unknown) => void;
}

/** Gives signs of life, one after the other. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #timer = new Timer();
  #isOver = false;
  #hasFailed = false;
  #lastSuccess = performance.now();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** Begins. `onVerdict` is called for each answer that is not `held`, and after too many failures. */
  start(onVerdict: (verdict: Exclude<Pulse, 'held'>) => void): void {
    this.#timer.set(this.#options.every, () => {
      void this.#beat(onVerdict).then(() => {
        if (!this.#isOver) this.start(onVerdict);
      });
    });
  }

  /** No further sign of life. */
  stop(): void {
    this.#isOver = true;
    this.#timer.clear();
  }

  async #beat(onVerdict: (verdict: Exclude<Pulse, 'held'>) => void): Promise<void> {
    const { beat, patience, onFailure } = this.#options;
    const sentAt = performance.now();
    try {
      const pulse = await beat();
      this.#lastSuccess = sentAt;
      this.#hasFailed = false;
      if (pulse !== 'held' && !this.#isOver) onVerdict(pulse);
    } catch (error) {
      if (!this.#hasFailed) onFailure(error);
      this.#hasFailed = true;
      if (!this.#isOver && performance.now() - this.#lastSuccess > patience) onVerdict('lost');
    }
  }
}
