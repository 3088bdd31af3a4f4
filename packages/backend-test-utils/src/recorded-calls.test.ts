import { describe, expect, it } from '@jest/globals';
import { recordCalls } from './recorded-calls.ts';

interface Greeter {
  greet(name: string, times?: number): string;
  refuse(): never;
}

class PoliteGreeter implements Greeter {
  readonly #greeting = 'Hello';
  greeted = 0;

  greet(name: string): string {
    this.greeted++;
    return `${this.#greeting} ${this.capitalize(name)}`;
  }

  refuse(): never {
    throw new RangeError('no');
  }

  capitalize(name: string): string {
    return name.toUpperCase();
  }
}

describe('recordCalls', () => {
  it('records method and arguments in order and answers as the service does', () => {
    const greeter = recordCalls<Greeter>(new PoliteGreeter());
    expect(greeter.greet('ada')).toBe('Hello ADA');
    expect(greeter.greet('bob', 2)).toBe('Hello BOB');
    expect(greeter.calls).toEqual([
      { method: 'greet', args: ['ada'] },
      { method: 'greet', args: ['bob', 2] },
    ]);
  });

  it('records calls that throw', () => {
    const greeter = recordCalls<Greeter>(new PoliteGreeter());
    expect(() => greeter.refuse()).toThrow(RangeError);
    expect(greeter.callsTo('refuse')).toEqual([[]]);
  });

  it('does not record what the service calls itself', () => {
    const greeter = recordCalls(new PoliteGreeter());
    greeter.greet('ada');
    expect(greeter.callsTo('capitalize')).toEqual([]);
  });

  it('shows fields as they are now, and further members', () => {
    const greeter = recordCalls(new PoliteGreeter(), { mood: 'good' });
    greeter.greet('ada');
    expect(greeter.greeted).toBe(1);
    expect(greeter.mood).toBe('good');
    expect(greeter).toBeInstanceOf(PoliteGreeter);
  });

  it('works with detached methods and forgets on demand', () => {
    const { greet, clearCalls, calls } = recordCalls<Greeter>(new PoliteGreeter());
    greet('ada');
    expect(calls).toHaveLength(1);
    clearCalls();
    expect(calls).toHaveLength(0);
  });
});
