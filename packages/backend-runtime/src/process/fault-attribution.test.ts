import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { createFaultAttribution } from './fault-attribution.ts';

const file = import.meta.filename;
const attribute = createFaultAttribution(() => [{ pluginId: 'todo', declaredAt: `${file}:1:1` }]);

/** An error with a stack of its own. */
function errorWith(frames: string, message = 'x'): Error {
  return Object.assign(new TypeError(message), { stack: `TypeError: ${message}\n${frames}` });
}

describe('a fault', () => {
  it('belongs to the plugin in whose context it arose, wherever its stack leads to', () => {
    expect(executionContext.run({ pluginId: 'other' }, () => attribute(new TypeError('x')))).toBe('other');
  });

  it.each([
    ['a function', `    at list (${file}:3:4)`],
    ['a URL', `    at list (${pathToFileURL(file).href}:3:4)`],
    ['no function', `    at ${file}:3:4`],
    ['an async function without a name', `    at async ${file}:3:4`],
    ['a frame further out', `    at JSON.parse (<anonymous>)\n    at node:internal/x:1:2\n    at run (${file}:3:4)`],
  ])('is found by a stack with %s, where the context is lost', (_, frames) => {
    expect(attribute(errorWith(frames))).toBe('todo');
  });

  it.each([
    ['no frames', ''],
    ['a message that looks like a frame', '', `x\n    at list (${file}:3:4)`],
    ['frames elsewhere', '    at run (/elsewhere/index.js:3:4)\n    at run (C:\\x.js:1:2)'],
    ['frames that make no sense', '    at \n    at (\n    at ()\n    at file://%zz:1:2'],
  ])('belongs to nobody with %s', (_, frames, message = 'x') => {
    expect(attribute(errorWith(frames, message))).toBeUndefined();
  });

  it('is found by the package of a plugin that does not say where it was defined', () => {
    const folder = resolve(import.meta.dirname, '../..');
    const ofPackage = createFaultAttribution(() => [{ pluginId: 'foreign', package: { folder } }]);
    expect(ofPackage(errorWith(`    at list (${file}:3:4)`))).toBe('foreign');
  });

  it('belongs to nobody when it is no error', () => {
    expect(attribute('stray text')).toBeUndefined();
  });

  it('is found whatever a message repeats of what a client sent', () => {
    // A search that starts again at each slash would take hours here, and one for folders as long.
    const sent = '/a'.repeat(1_000_000);
    const error = errorWith(`    at ${sent}:1:2\n    at list (${file}:3:4)`, sent);
    expect(attribute(error)).toBe('todo');
  });
});
