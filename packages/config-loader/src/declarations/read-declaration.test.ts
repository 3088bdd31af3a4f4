import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { childSchemas, type SchemaNode } from '../schema/schema-node.ts';
import { readDeclaration } from './read-declaration.ts';

function at(schema: SchemaNode, ...path: readonly (string | number)[]): readonly SchemaNode[] {
  return path.reduce<readonly SchemaNode[]>((nodes, key) => childSchemas(nodes, key), [schema]);
}

const isSecret = (schema: SchemaNode, ...path: readonly (string | number)[]): boolean =>
  at(schema, ...path).some(({ visibility }) => visibility === 'secret');

describe('readDeclaration', () => {
  it('reads keys, and what their comments say of them', () => {
    const schema = readDeclaration(`
      /* Copyright */
      import { HumanDuration } from '@backstage/types';

      export interface Config {
        /** Configuration of the thing.
         *  In two lines.
         */
        thing?: {
          /** @visibility secret */
          key: string
          /**
           * @deprecated Use \`key\`.
           * @visibility frontend
           */
          'old-key'?: string;
          readonly every?: HumanDuration | { cron: string };
          // { not: 'a key' }
          list?: string[], nested: { deeper: { on?: boolean } }
        };
        /** @deepVisibility secret */
        other: { [name: string]: number };
      }
    `);
    expect(Object.keys(schema.properties!)).toEqual(['thing', 'other']);
    expect(schema.properties!.thing!.description).toBe('Configuration of the thing. In two lines.');
    expect(Object.keys(schema.properties!.thing!.properties!)).toEqual(['key', 'old-key', 'every', 'list', 'nested']);
    expect(schema.properties!.thing!.properties!['old-key']).toEqual({
      deprecated: 'Use `key`.',
      visibility: 'frontend',
    });
    expect(isSecret(schema, 'thing', 'key')).toBe(true);
    expect(schema.properties!.other!.deepVisibility).toBe('secret');
    expect(at(schema, 'thing', 'nested', 'deeper', 'on')).toHaveLength(1);
    expect(at(schema, 'thing', 'every', 'cron')).toHaveLength(1);
  });

  it('finds secrets wherever a type can hold them', () => {
    const schema = readDeclaration(`
      type Account = { id: string } & {
        /** @visibility secret */
        pass: string;
      };
      interface Tree { children?: Tree[]; /** @visibility secret */ seed?: string }
      export interface Config {
        a: {
          union?: string | { /** @visibility secret */ s: string } | { other: number };
          list: Array<{ /** @visibility secret */ s: string }>;
          short: { /** @visibility secret */ s: string }[];
          tuple: [string, { /** @visibility secret */ s: string }];
          parts: ReadonlyArray<(Account | string)>;
          record?: Record<string, { /** @visibility secret */ s: string }>;
          index: { [key: string]: { /** @visibility secret */ s: string } };
          account: Partial<Account>;
          tree: Tree;
          fn: (a: string, b: { c: number }) => void;
          imported: import('x').Y<{ /** @visibility secret */ s: string }>;
          /** @visibility secret */
          texts: string[];
          last: { /** @visibility secret */ s: string };
        };
      }
    `);
    const paths = [
      ['union', 's'],
      ['list', 0, 's'],
      ['short', 3, 's'],
      ['tuple', 1, 's'],
      ['parts', 0, 'pass'],
      ['record', 'any', 's'],
      ['index', 'any', 's'],
      ['account', 'pass'],
      ['tree', 'children', 0, 'children', 5, 'seed'],
      ['texts'],
      ['last', 's'],
    ];
    for (const path of paths) expect([path, isSecret(schema, 'a', ...path)]).toEqual([path, true]);
    expect(isSecret(schema, 'a', 'union', 'other')).toBe(false);
  });

  it('says nothing where there is no Config', () => {
    expect(readDeclaration('export interface Other { a: string }')).toEqual({});
    expect(readDeclaration('')).toEqual({});
    expect(readDeclaration('export interface Config')).toEqual({});
  });

  it('ends, whatever it is given', () => {
    const piece = fc.constantFrom(
      ...['export interface Config {', 'type A =', 'A', 'a:', "'b'?:", '{', '}', '(', ')', '[', ']', '<', '>', '|'],
      ...['&', ';', ',', '=>', '/** @visibility secret */', '/**', '//', '`', "'", 'Record<', 'string', '\n', '...'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readDeclaration(`export interface Config { ${pieces.join(' ')}`);
      }),
    );
  });
});
