import { Name, _, str, stringify, type Ajv2020, type CodeKeywordDefinition, type KeywordCxt } from 'ajv/dist/2020.js';
import { firstDuplicate, isFile } from '@bulkhead/openapi/validation';

/** What stands behind the keyword `tag` next to `branches`. */
interface Tag {
  readonly property: string;
  readonly values: readonly (readonly string[])[];
}

/**
 * `branches`, next to `tag: { property, values }`: the property says which of the schemas the value has to fit. Ajv's own
 * `discriminator` knows neither `mapping` nor branches that are named but by their schemas, and does not say what would
 * be allowed.
 */
export const branchesKeyword: CodeKeywordDefinition = {
  keyword: 'branches',
  type: 'object',
  schemaType: 'array',
  error: {
    message: ({ params }) => str`must have one of the known values in "${params.property}"`,
    params: ({ params }) => _`{property: ${params.property}, value: ${params.tag}, allowedValues: ${params.allowed}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, data, parentSchema } = cxt;
    const { property, values } = parentSchema.tag as Tag;
    const valid: Name = gen.let('valid', false);
    const tag = gen.const('tag', _`${data}[${property}]`);
    cxt.setParams({ property, tag, allowed: stringify(values.flat()) });
    gen.if(false);
    values.forEach((branch, index) => {
      gen.elseIf(branch.map((value) => _`${tag} === ${value}`).reduce((one, other) => _`${one} || ${other}`));
      const branchValid = gen.name('valid');
      const branchCxt = cxt.subschema({ keyword: 'branches', schemaProp: index }, branchValid);
      cxt.mergeEvaluated(branchCxt, Name);
      gen.assign(valid, branchValid);
    });
    gen.else();
    cxt.error();
    gen.endIf();
    cxt.ok(valid);
  },
};

/** `uniqueItems` in time that grows with the list, where Ajv compares every item with every other. */
export const uniqueItemsKeyword: CodeKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: {
    message: ({ params }) =>
      str`must NOT have duplicate items (items ## ${params.first} and ${params.second} are identical)`,
    params: ({ params }) => _`{i: ${params.second}, j: ${params.first}}`,
  },
  code(cxt: KeywordCxt) {
    const { gen, data } = cxt;
    if (cxt.schema !== true) {
      return;
    }
    const find = gen.scopeValue('func', { ref: firstDuplicate, code: _`firstDuplicate` });
    const found = gen.const('duplicate', _`${find}(${data})`);
    cxt.setParams({ first: _`${found}[0]`, second: _`${found}[1]` });
    cxt.pass(_`${found} === undefined`);
  },
};

/** `file: true`: the value is a file of a form. */
export const fileKeyword: CodeKeywordDefinition = {
  keyword: 'file',
  schemaType: 'boolean',
  error: { message: 'must be a file' },
  code(cxt: KeywordCxt) {
    const check = cxt.gen.scopeValue('func', { ref: isFile, code: _`isFile` });
    cxt.pass(_`${check}(${cxt.data})`);
  },
};

/** A compiler that knows these keywords in addition to, or in place of, its own. */
export function withKeywords(ajv: Ajv2020): Ajv2020 {
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword('tag');
  for (const keyword of [branchesKeyword, uniqueItemsKeyword, fileKeyword]) {
    ajv.addKeyword(keyword);
  }
  return ajv;
}
