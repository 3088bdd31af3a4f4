import type { ConfigNotice } from './config-companion.ts';

/** Keeps notices until somebody listens. */
export class NoticeBoard {
  #kept: ConfigNotice[] = [];
  #listener: ((notice: ConfigNotice) => void) | undefined;

  /** Hands a notice to the listener, or keeps it. */
  post(notice: ConfigNotice): void {
    if (this.#listener) this.#listener(notice);
    else this.#kept.push(notice);
  }

  /** Sets the listener and hands over what was kept. */
  listen(listener: (notice: ConfigNotice) => void): void {
    this.#listener = listener;
    const kept = this.#kept;
    this.#kept = [];
    kept.forEach(listener);
  }
}
