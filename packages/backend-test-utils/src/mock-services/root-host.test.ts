import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.rootHost', () => {
  it('stands where it is put and tells listeners', () => {
    const host = mockServices.rootHost({ phase: 'starting', plugins: { todo: 'starting' } });
    const changed: unknown[] = [];
    const end = host.onChange((pluginId) => changed.push(pluginId));
    host.setPhase('ready');
    host.setPluginPhase('todo', 'ready');
    host.reportFault('todo', 'text');
    end();
    host.setPhase('draining');
    expect(changed).toEqual([undefined, 'todo', 'todo']);
    expect(host.getPhase()).toBe('draining');
    expect(host.getPlugin('todo')).toMatchObject({
      phase: 'ready',
      faultCount: 1,
      faults: [{ error: { message: 'Something that is no error was thrown: "text"' } }],
    });
  });
});
