import { describe, expect, it } from '@jest/globals';
import { Greeter } from './greeter.ts';

describe('Greeter', () => {
  it('greets everybody with the message', () => {
    expect(new Greeter('Good morning').greet()).toEqual({ message: 'Good morning' });
  });

  it('greets somebody by name', () => {
    expect(new Greeter('Good morning').greet('Ada')).toEqual({ message: 'Good morning, Ada' });
  });
});
