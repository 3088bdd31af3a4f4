import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ContractModel, OperationModel, Schema } from '../src/model/contract-model.ts';
import { isObject, parsePointer, valueAt } from '../src/read/json-pointer.ts';
import { readContract } from '../src/read/read-contract.ts';
import { createTypeWriter } from '../src/types/create-type-writer.ts';
import { codeFolder, compile } from './compile.ts';
import { contractFolder } from './contracts.ts';
import { foreignContracts, mend } from './foreign-contracts.ts';

interface Example {
  readonly schema: Schema;
  readonly value: unknown;
}

/** Behind the references that an object of the document may consist of. */
function resolve(value: unknown, document: object): Record<string, unknown> {
  const ref = isObject(value) ? value['$ref'] : undefined;
  const found = typeof ref === 'string' ? valueAt(document, parsePointer(decodeURI(ref.slice(1))) ?? []) : value;
  return isObject(found) ? found : {};
}

/** The examples of the bodies in JSON that an operation answers with. */
function examplesOf({ path: template, method, responses }: OperationModel, document: object): readonly Example[] {
  const published = valueAt(document, ['paths', template, method.toLowerCase(), 'responses']);
  return [...responses].flatMap(([status, { contents }]) => {
    const response = resolve(valueAt(published, [status]) ?? valueAt(published, [status.toLowerCase()]), document);
    return contents.flatMap(({ mediaType, kind, schema }) => {
      const media = resolve(valueAt(response, ['content', mediaType]), document);
      const several = Object.values(isObject(media['examples']) ? media['examples'] : {});
      const values = [media['example'], ...several.map((each) => resolve(each, document)['value'])];
      const isTyped = kind === 'json' && schema !== undefined;
      // Some authors refer to other examples from inside of one, where a reference is data like any other.
      const given = values.filter((value) => value !== undefined && !(isObject(value) && '$ref' in value));
      return isTyped ? given.map((value) => ({ schema, value })) : [];
    });
  });
}

/** Ajv's own word on which examples fit: the model is handed to it as it is. */
function fitting(examples: readonly Example[], { schemas }: ContractModel): readonly Example[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  const absolute = (schema: unknown): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"/all#/')) as object;
  ajv.addSchema({ $id: '/all', components: { schemas: absolute(Object.fromEntries(schemas)) } });
  return examples.filter(({ schema, value }) => ajv.validate(absolute(schema), value));
}

it('all examples that fit the schemas', async () => {
  const folder = codeFolder('examples');
  let count = 0;
  for (const { name, file } of foreignContracts()) {
    let model: ContractModel;
    try {
      const mended = path.join(contractFolder({ 'openapi.json': mend(file) }), 'openapi.json');
      model = readContract(mended, { pluginId: 'foreign' });
    } catch {
      // It is refused, as another test shows.
      continue;
    }
    const writer = createTypeWriter(model, { input: 'request' });
    const examples = fitting(
      model.operations.flatMap((operation) => examplesOf(operation, model.document)),
      model,
    );
    const lines = examples.map(({ schema, value }, index) => {
      const example = `const example${index} = ${JSON.stringify(value)} as const;`;
      return `${example}\nexport const typed${index}: ${writer.expression(schema, 'response')} = example${index};\n`;
    });
    count += lines.length;
    writeFileSync(
      path.join(folder, `${name.replaceAll(/\W+/g, '-')}.ts`),
      `export {};\n${writer.declarations()}\n${lines.join('\n')}`,
    );
  }

  expect(await compile(folder)).toBe('');
  expect(count).toBeGreaterThan(40);
});
