import { describe, expect, it, jest } from '@jest/globals';
import { ConfigReader, createMutableConfig } from '@bulkhead/config';
import { rootConfigView } from './root-config-view.ts';

describe('the configuration that published plugins read', () => {
  it('says that the database is PostgreSQL, and all else as it is written', () => {
    const config = rootConfigView(new ConfigReader({ app: { title: 'Us' }, backend: { listen: 7007 } }));
    expect(config.getString('backend.database.client')).toBe('pg');
    expect(config.get()).toEqual({ app: { title: 'Us' }, backend: { listen: 7007, database: { client: 'pg' } } });
  });

  it('is the configuration itself where that says so already', () => {
    const config = new ConfigReader({ backend: { database: { client: 'pg' } } });
    expect(rootConfigView(config)).toBe(config);
  });

  it('follows changes', () => {
    const origin = createMutableConfig({ app: { title: 'Us' } });
    const config = rootConfigView(origin.config);
    const title = config.getConfig('app');
    const onChange = jest.fn();
    config.subscribe?.(onChange);
    origin.set({ app: { title: 'Them' }, backend: { database: { prefix: 'x_' } } });
    expect(title.getString('title')).toBe('Them');
    expect(config.get('backend.database')).toEqual({ client: 'pg', prefix: 'x_' });
    expect(onChange).toHaveBeenCalledTimes(1);
  });
});
