import type { ParameterPart, ParameterShape, ParameterStyle } from '@bulkhead/openapi';
import type { ProblemSource } from '@bulkhead/errors';
import { badParameter, duplicateParameter } from '../check/problems.ts';
import { findSharedNames } from '../check/check-shared-names.ts';
import { formatValue } from '../read/json-pointer.ts';
import { badStructure } from '../read/problems.ts';
import type { ParameterModel, Schema } from './contract-model.ts';
import { textAt } from './contract-reader.ts';
import type { ModelContext, Source } from './model-context.ts';
import { shapeOf } from './parameter-shape.ts';

const PARTS: Readonly<Record<string, ParameterPart>> = {
  path: 'path',
  query: 'query',
  header: 'headers',
  cookie: 'cookies',
};

/** The styles that each part allows, the usual one first. */
const STYLES: Readonly<Record<ParameterPart, readonly ParameterStyle[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  headers: ['simple'],
  cookies: ['form'],
};

/** What OpenAPI describes elsewhere; parameters of these names mean nothing. */
const IGNORED_HEADERS = new Set(['accept', 'content-type', 'authorization']);

/** The parameters of an operation: those of its path, unless it has one of the same name itself, and its own. */
export function readParameters(pathItem: Source, operation: Source, context: ModelContext): readonly ParameterModel[] {
  const parameters = new Map<string, ParameterModel>();
  const sources = new Map<ParameterModel, ProblemSource>();
  for (const owner of [pathItem, operation]) {
    const own = new Set<string>();
    const list = Array.isArray(owner['parameters']) ? (owner['parameters'] as unknown[]) : [];
    list.forEach((entry, index) => {
      const parameter = readParameter(context.reader.resolve(entry), context);
      if (!parameter) {
        return;
      }
      const key = `${parameter.part} ${parameter.name}`;
      if (own.has(key)) {
        const source = context.reader.places.of(owner, 'parameters', String(index));
        context.reader.problems.push(duplicateParameter(parameter.name, parameter.part, source));
      }
      own.add(key);
      parameters.set(key, parameter);
      sources.set(parameter, context.reader.places.of(owner, 'parameters', String(index)));
    });
  }
  context.reader.problems.push(...findSharedNames([...parameters.values()], (parameter) => sources.get(parameter)!));
  return [...parameters.values()];
}

function readParameter(source: Source, context: ModelContext): ParameterModel | undefined {
  const { places, problems } = context.reader;
  const given = textAt(source, 'name');
  const part = PARTS[textAt(source, 'in') ?? ''];
  if (given === undefined || !part) {
    if (Object.keys(source).length > 0) {
      const hint = "Write 'name' and 'in', which is path, query, header or cookie.";
      problems.push(
        badStructure(
          'A parameter without a name, or without the part of the request it stands in',
          places.of(source),
          hint,
        ),
      );
    }
    return undefined;
  }
  const name = part === 'headers' ? given.toLowerCase() : given;
  if (part === 'headers' && IGNORED_HEADERS.has(name)) {
    return undefined;
  }
  if ((part === 'headers' || part === 'cookies') && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
    const message = `'${given}' cannot be the name of a ${textAt(source, 'in')!}`;
    problems.push(badParameter(message, 'Take letters, digits and hyphens.', places.of(source, 'name')));
  }
  if (name === '__proto__') {
    const hint = 'Rename it: code that reads it could reach the prototype of all objects.';
    problems.push(badParameter("No parameter can be called '__proto__'", hint, places.of(source, 'name')));
  }
  if (part === 'path' && source['required'] !== true) {
    const message = `The path parameter '${name}' is not marked as required`;
    problems.push(
      badParameter(
        message,
        "Write 'required: true'; a path without one of its segments is another path.",
        places.of(source),
      ),
    );
  }
  const style = readStyle(source, part, context);
  const { schema, shape } = readSchema(source, { name, style }, context);
  const explode =
    typeof source['explode'] === 'boolean' ? source['explode'] : style === 'form' || style === 'deepObject';
  return {
    name,
    part,
    style,
    explode,
    ...(source['allowReserved'] === true && { allowReserved: true }),
    required: source['required'] === true,
    shape,
    schema,
    ...(textAt(source, 'description') !== undefined && { description: textAt(source, 'description') }),
    ...(source['deprecated'] === true && { deprecated: true }),
  };
}

function readStyle(source: Source, part: ParameterPart, { reader }: ModelContext): ParameterStyle {
  const styles = STYLES[part];
  const style = source['style'] ?? styles[0];
  if (!(styles as readonly unknown[]).includes(style)) {
    const message = `The style '${formatValue(style)}' does not exist for parameters in ${String(source['in'])}`;
    reader.problems.push(badParameter(message, `There is ${styles.join(', ')}.`, reader.places.of(source, 'style')));
    return styles[0]!;
  }
  return style as ParameterStyle;
}

function readSchema(
  source: Source,
  { name, style }: { name: string; style: ParameterStyle },
  context: ModelContext,
): { schema: Schema; shape: ParameterShape } {
  const { places, problems } = context.reader;
  const content = source['content'];
  if (content !== undefined && source['schema'] === undefined) {
    const [[mediaType, media] = ['', undefined], ...others] = Object.entries(content as Source);
    const isJson = /^application\/([^;]+\+)?json\b/i.test(mediaType);
    if (others.length > 0 || !isJson) {
      const hint = "Describe it by 'schema', or by 'content' with application/json alone.";
      problems.push(
        badParameter(`The parameter '${name}' is not described by JSON`, hint, places.of(source, 'content')),
      );
    }
    return { schema: context.schemas.convert((media as Source | undefined)?.['schema']), shape: { type: 'json' } };
  }
  const schema = context.schemas.convert(source['schema']);
  const { shape, fault } = shapeOf(schema, style, context.named);
  if (fault) {
    problems.push(badParameter(`The parameter '${name}' ${fault.message}`, fault.hint, places.of(source)));
  }
  return { schema, shape };
}
