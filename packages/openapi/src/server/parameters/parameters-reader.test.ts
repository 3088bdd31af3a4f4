import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { Parameter } from '../../contract/parameter.ts';
import type { ServedOperation } from '../server-operation.ts';
import { Violations } from '../violations/violations.ts';
import { ParametersReader, type ParameterValues } from './parameters-reader.ts';

type Given = Partial<Parameter> & Pick<Parameter, 'part' | 'style' | 'explode' | 'shape'>;

/** Reads one parameter named `p`. */
function read(given: Given, raw: string): { values: ParameterValues; violations: readonly unknown[] } {
  const parameter: Parameter = { name: 'p', required: false, ...given };
  const operation = { operationId: 'o', method: 'GET', path: '/x/{p}', parameters: [parameter], responses: {} };
  const headers = given.part === 'headers' ? { p: raw } : given.part === 'cookies' ? { cookie: raw } : {};
  const violations = new Violations();
  const values = new ParametersReader(operation as unknown as ServedOperation).read(
    {
      request: { headers } as unknown as IncomingMessage,
      pathValues: given.part === 'path' ? [raw] : [],
      query: given.part === 'query' ? raw : '',
    },
    violations,
  );
  return { values, violations: violations.kept };
}

const TEXT: Parameter['shape'] = { type: 'scalar', scalars: ['string'] };
const LIST: Parameter['shape'] = { type: 'array', items: ['integer', 'string'] };
const OBJECT: Parameter['shape'] = {
  type: 'object',
  properties: { R: ['integer'], G: ['integer'], list: { array: ['integer'] } },
  additional: ['string'],
};
const CLOSED: Parameter['shape'] = { type: 'object', properties: { R: ['integer'], G: ['integer'] } };
const SPACED: Parameter['shape'] = { type: 'object', properties: { 'a b': ['integer'] } };
const RG = { R: 100, G: 200 };

describe('parameters', () => {
  it.each<[Parameter['part'], Parameter['style'], boolean, Parameter['shape'], string, unknown]>([
    ['path', 'simple', false, TEXT, 'a%20b%2Fc+d', 'a b/c+d'],
    ['path', 'simple', false, LIST, '1,b%2Cc', [1, 'b,c']],
    ['path', 'simple', true, LIST, '1,2', [1, 2]],
    ['path', 'simple', false, OBJECT, 'R,100,G,200', RG],
    ['path', 'simple', true, OBJECT, 'R=100,G=200', RG],
    ['path', 'simple', false, { type: 'json' }, '%7B%22a%22%3A%5B1%5D%7D', { a: [1] }],
    ['path', 'label', false, TEXT, '.blue', 'blue'],
    ['path', 'label', false, LIST, '.1,2', [1, 2]],
    ['path', 'label', true, LIST, '.1.2', [1, 2]],
    ['path', 'label', false, OBJECT, '.R,100,G,200', RG],
    ['path', 'label', true, OBJECT, '.R=100.G=200', RG],
    ['path', 'matrix', false, TEXT, ';p=blue', 'blue'],
    ['path', 'matrix', false, TEXT, ';p', ''],
    ['path', 'matrix', false, LIST, ';p=1,2', [1, 2]],
    ['path', 'matrix', true, LIST, ';p=1;p=2', [1, 2]],
    ['path', 'matrix', false, OBJECT, ';p=R,100,G,200', RG],
    ['path', 'matrix', true, OBJECT, ';R=100;G=200', RG],
    ['query', 'form', true, TEXT, 'p=a+b%2B&', 'a b+'],
    ['query', 'form', true, TEXT, 'p', ''],
    ['query', 'form', true, TEXT, 'p=a=b', 'a=b'],
    ['query', 'form', true, LIST, 'p=1&p=b,c', [1, 'b,c']],
    ['query', 'form', false, LIST, 'p=1,b%2Cc', [1, 'b,c']],
    ['query', 'form', true, OBJECT, 'R=100&G=200&list=1&list=2&x=1', { ...RG, list: [1, 2], x: '1' }],
    ['query', 'form', false, OBJECT, 'p=R,100,G,200', RG],
    ['query', 'spaceDelimited', false, LIST, 'p=1%202+3', [1, 2, 3]],
    ['query', 'spaceDelimited', false, OBJECT, 'p=R%20100%20G%20200', RG],
    ['query', 'pipeDelimited', false, LIST, 'p=1|2%7c3', [1, 2, 3]],
    ['query', 'pipeDelimited', true, LIST, 'p=1&p=2', [1, 2]],
    ['query', 'pipeDelimited', false, OBJECT, 'p=R|100|G|200', RG],
    [
      'query',
      'deepObject',
      true,
      OBJECT,
      'p[R]=100&p%5BG%5D=200&p[list]=1&p[a%20b]=c',
      { ...RG, list: [1], 'a b': 'c' },
    ],
    ['query', 'deepObject', true, OBJECT, 'p[a]b]=1&p[a[b]=2&p[]=3', { 'a]b': '1', 'a[b': '2', '': '3' }],
    ['query', 'form', true, { type: 'json' }, 'p=%7B%22a%22%3A1%7D', { a: 1 }],
    ['headers', 'simple', false, TEXT, 'a%20b', 'a%20b'],
    ['headers', 'simple', false, LIST, '1, b', [1, 'b']],
    ['headers', 'simple', false, OBJECT, 'R,100, G,200', RG],
    ['headers', 'simple', true, OBJECT, 'R=100, G=200', RG],
    ['headers', 'simple', false, { type: 'json' }, '[1]', [1]],
    ['cookies', 'form', true, TEXT, 'x=%; p=a%20b; y', 'a b'],
    ['cookies', 'form', true, TEXT, 'p="a"', 'a'],
    ['cookies', 'form', false, LIST, 'p=1,2', [1, 2]],
    ['cookies', 'form', true, LIST, 'p=1; p=2', [1, 2]],
    ['cookies', 'form', false, OBJECT, 'p=R,100,G,200', RG],
    ['cookies', 'form', true, OBJECT, 'R=100; other=1; G=200', RG],
    ['cookies', 'form', true, SPACED, 'a%20b=1', { 'a b': 1 }],
    ['cookies', 'form', true, SPACED, 'a b=1', { 'a b': 1 }],
  ])('in %s, style %s, explode %p, as %j are read from %s', (part, style, explode, shape, raw, value) => {
    expect(read({ part, style, explode, shape }, raw)).toEqual({ values: { [part]: { p: value } }, violations: [] });
  });

  it.each<[Parameter['part'], Parameter['style'], boolean, Parameter['shape'], string, string, string]>([
    ['path', 'label', false, TEXT, 'blue', '/path/p', "is not written in the style 'label' (explode: false)"],
    ['path', 'label', true, OBJECT, 'R=1', '/path/p', "is not written in the style 'label' (explode: true)"],
    ['path', 'matrix', false, TEXT, ';q=blue', '/path/p', "is not written in the style 'matrix' (explode: false)"],
    ['path', 'matrix', false, TEXT, ';pp=blue', '/path/p', "is not written in the style 'matrix' (explode: false)"],
    ['path', 'matrix', true, LIST, ';p=1;q=2', '/path/p', "is not written in the style 'matrix' (explode: true)"],
    ['path', 'simple', false, OBJECT, 'R,100,G', '/path/p', "is not written in the style 'simple' (explode: false)"],
    ['path', 'simple', true, OBJECT, 'R', '/path/p', "is not written in the style 'simple' (explode: true)"],
    ['path', 'simple', true, OBJECT, 'R=1,R=2', '/path/p/R', 'is given more than once'],
    ['path', 'simple', true, OBJECT, '__proto__=1', '/path/p/__proto__', 'is a name that is not allowed'],
    ['path', 'simple', false, LIST, '1,%ff', '/path/p/1', 'has percent-encoded bytes that are not UTF-8'],
    ['path', 'simple', false, TEXT, '%zz', '/path/p', 'has percent-encoded bytes that are not UTF-8'],
    ['query', 'deepObject', true, OBJECT, 'p[__proto__]=1', '/query/p/__proto__', 'is a name that is not allowed'],
    ['query', 'deepObject', true, OBJECT, 'p[R]=%ff', '/query/p/R', 'has percent-encoded bytes that are not UTF-8'],
    ['query', 'deepObject', true, OBJECT, 'p[R][x]=1', '/query/p[R][x]', 'is not a parameter of this operation'],
    ['query', 'deepObject', true, OBJECT, 'p=1', '/query/p', 'is not a parameter of this operation'],
    ['query', 'deepObject', true, CLOSED, 'p[x]=1', '/query/p/x', 'is not known to the contract'],
    ['query', 'form', false, CLOSED, 'p=x,1', '/query/p/x', 'is not known to the contract'],
    ['query', 'form', true, CLOSED, 'B=1', '/query/B', 'is not a parameter of this operation'],
    ['query', 'form', true, OBJECT, '__proto__=1', '/query/p/__proto__', 'is a name that is not allowed'],
    ['query', 'form', false, LIST, 'p=1&p=2', '/query/p', 'is given more than once'],
    ['query', 'form', true, { type: 'json' }, 'p={', '/query/p', 'is not valid JSON'],
    ['cookies', 'form', true, TEXT, 'p=1; p=2', '/cookies/p', 'is given more than once'],
    ['cookies', 'form', true, TEXT, 'p=%', '/cookies/p', 'has percent-encoded bytes that are not UTF-8'],
  ])('in %s, style %s, explode %p, as %j are refused from %s', (...given) => {
    const [part, style, explode, shape, raw, pointer, message] = given;
    const { violations } = read({ part, style, explode, shape }, raw);
    expect(violations).toEqual([{ pointer, message: expect.stringContaining(message) }]);
  });

  it('never reach the prototype of what they are read into', () => {
    const { values } = read({ part: 'query', style: 'form', explode: true, shape: OBJECT }, 'constructor=1&toString=2');
    const { p } = values.query as { p: object };
    expect(Object.entries(p)).toEqual([
      ['constructor', '1'],
      ['toString', '2'],
    ]);
    expect(Object.getPrototypeOf(p)).toBe(Object.prototype);
  });

  it('are found by their names in a template, whatever their order', () => {
    const parameter = (name: string): Parameter => ({
      ...{ name, part: 'path', style: 'simple', explode: false, required: true, shape: TEXT },
    });
    const operation = { path: '/{a}/{b}-{c}', parameters: ['c', 'a', 'b'].map(parameter) };
    const reader = new ParametersReader(operation as unknown as ServedOperation);
    const source = { request: { headers: {} } as IncomingMessage, pathValues: ['1', '2', '3'], query: '' };
    expect(reader.read(source, new Violations())).toEqual({ path: { a: '1', b: '2', c: '3' } });
  });
});
