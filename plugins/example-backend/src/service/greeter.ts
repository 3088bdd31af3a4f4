/** A greeting. */
export interface Greeting {
  readonly message: string;
}

/** Knows how to greet. */
export class Greeter {
  readonly #message: string;

  constructor(message: string) {
    this.#message = message;
  }

  /** Greets somebody by name, or everybody. */
  greet(name?: string): Greeting {
    return { message: name === undefined ? this.#message : `${this.#message}, ${name}` };
  }
}
