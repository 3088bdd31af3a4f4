import { nearestName, type Problem, type ProblemSource } from '@bulkhead/errors';
import {
  describeType,
  invalidValueProblem,
  missingKeyProblem,
  wrongTypeProblem,
  type ConfigPlace,
} from '@bulkhead/config';
import { unknownKey } from '../errors.ts';
import { describeRule } from './describe-rule.ts';
import type { SchemaFault } from './find-faults.ts';
import { FORMAT_NAMES } from './formats.ts';
import { decodePointer, resolvePointer } from './normalize-schema.ts';
import { alternatives, isSchemaNode, type SchemaNode } from './schema-node.ts';
import type { SectionFaults } from './section-validator.ts';

/** What a translation needs to know of the configuration. */
export interface TranslationContext {
  /** The section's key. */
  readonly key: string;
  /** Where something stands; the place of what contains it if it is not there itself. */
  sourceOf(path: readonly string[]): ProblemSource | undefined;
  /** The value at a path, to say what type it has. */
  valueAt(path: readonly string[]): unknown;
  /** Whether a key that the schema does not have is no problem. Gets the problem that it would be. */
  tolerates?(problem: Problem, nearest: string | undefined): boolean;
}

const WITH_ARTICLE: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'a boolean',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

/** The validator's errors as problems, in the order of the file. Alternatives are boiled down to what was meant. */
export function translateFaults(faults: SectionFaults, context: TranslationContext): readonly Problem[] {
  const translator = new FaultTranslator(faults, context);
  return translator.translate(faults.faults);
}

class FaultTranslator {
  readonly #faults: SectionFaults;
  readonly #context: TranslationContext;

  constructor(faults: SectionFaults, context: TranslationContext) {
    this.#faults = faults;
    this.#context = context;
  }

  translate(errors: readonly SchemaFault[]): readonly Problem[] {
    const choice = outermostChoice(errors);
    if (!choice) {
      return errors
        .filter((error) => !isConsequence(error, errors))
        .flatMap((error) => this.#translateOne(error) ?? []);
    }
    const inBranches = errors.filter((error) => isInside(error, choice));
    const others = errors.filter((error) => error !== choice && !inBranches.includes(error));
    // No branch fits, so the validator takes all keys for unknown ones.
    const meaningful = others.filter((error) => !isAbout(error, choice, ['unevaluatedProperties']));
    return [...this.#translateChoice(choice, inBranches), ...this.translate(meaningful)];
  }

  /** `anyOf` and `oneOf` fail with the errors of every branch; people mean one of them. */
  #translateChoice(choice: SchemaFault, errors: readonly SchemaFault[]): readonly Problem[] {
    const at = this.#at(this.#path(choice));
    const indices = [...new Set(errors.map((error) => branchOf(error, choice)))];
    if (indices.length < (choice.rule as readonly unknown[]).length) {
      return [invalidValueProblem(at, 'fits more than one of the forms that it can have')];
    }
    const branches = indices.map((index) => errors.filter((error) => branchOf(error, choice) === index));
    const ofType = branches.filter((branch) => !branch.some((error) => isAbout(error, choice, ['type'])));
    if (ofType.length === 0) {
      return [
        this.#wrongType(
          choice,
          branches.flatMap((branch) => expectedTypes(branch, choice)),
        ),
      ];
    }
    const meant = ofType.filter((branch) => !branch.some(isDiscriminator(choice)));
    const [best, second] = (meant.length > 0 ? meant : ofType).toSorted((a, b) => a.length - b.length);
    const forms = this.#formsOf(choice);
    const isOtherConstant = best!.every((error) => isAbout(error, choice, ['const'])) && forms !== undefined;
    if (!isOtherConstant && second?.length !== best!.length) return this.translate(best!);
    const problem = invalidValueProblem(at, 'has none of the forms that it can have');
    return [{ ...problem, ...(forms && { hint: `Forms: ${forms.join('; ')}.` }) }];
  }

  /** What people call the branches of a choice, if each of them can be called something. */
  #formsOf(choice: SchemaFault): readonly string[] | undefined {
    const branches = resolvePointer(this.#faults.schema, choice.schemaPath);
    const forms = (Array.isArray(branches) ? branches.filter(isSchemaNode) : []).map(nameOfForm);
    return forms.length > 0 && forms.every((form) => form !== undefined) ? forms : undefined;
  }

  #translateOne(error: SchemaFault): Problem | undefined {
    const path = this.#path(error);
    const { rule, key = '' } = error;
    switch (error.keyword) {
      case 'type':
        return this.#wrongType(error, [rule].flat() as string[]);
      case 'required':
      case 'dependentRequired':
        return missingKeyProblem(this.#at([...path, key]));
      case 'additionalProperties':
      case 'unevaluatedProperties':
        return this.#unknownKey(error, [...path, key]);
      case 'enum':
        return this.#notOneOf(path, rule as readonly unknown[]);
      case 'const':
        return this.#notOneOf(path, [rule]);
      case 'if':
        // The errors of 'then' or 'else' say what is wrong.
        return undefined;
      case 'false':
        return unknownKey(this.#at(path), undefined, []);
      case 'format':
        return this.#badFormat(path, String(rule));
      default:
        return invalidValueProblem(this.#at(path), describeRule(error));
    }
  }

  #wrongType(error: SchemaFault, types: readonly string[]): Problem {
    const path = this.#path(error);
    return wrongTypeProblem(this.#at(path), namesOfTypes(types), describeType(this.#context.valueAt(path)));
  }

  #unknownKey(error: SchemaFault, path: readonly string[]): Problem | undefined {
    const parent = resolvePointer(this.#faults.schema, error.schemaPath.replace(/\/[^/]*$/, ''));
    const schemas = isSchemaNode(parent) ? alternatives(parent) : [];
    const known = schemas.flatMap((schema) => Object.keys(schema.properties ?? {}));
    const nearest = nearestName(path.at(-1)!, known);
    const problem = unknownKey(this.#at(path), nearest, [...new Set(known)].sort());
    return this.#context.tolerates?.(problem, nearest) ? undefined : problem;
  }

  #badFormat(path: readonly string[], format: string): Problem {
    return invalidValueProblem(this.#at(path), `must be ${FORMAT_NAMES[format] ?? `a valid ${format}`}`);
  }

  /** The allowed values come from the schema, so they may be shown. */
  #notOneOf(path: readonly string[], allowed: readonly unknown[]): Problem {
    const values = allowed.map((value) => JSON.stringify(value));
    return invalidValueProblem(
      this.#at(path),
      values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`,
    );
  }

  #path(error: SchemaFault): readonly string[] {
    return [this.#context.key, ...decodePointer(error.instancePath)];
  }

  #at(path: readonly string[]): ConfigPlace {
    const source = this.#context.sourceOf(path);
    return { path, ...(source && { source }) };
  }
}

/** The first `anyOf` or `oneOf` that is not a part of another one's branches. */
function outermostChoice(errors: readonly SchemaFault[]): SchemaFault | undefined {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  return choices.find((choice) => !choices.some((other) => isInside(choice, other)));
}

function isInside(error: SchemaFault, choice: SchemaFault): boolean {
  return (
    error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
    `${error.instancePath}/`.startsWith(`${choice.instancePath}/`)
  );
}

/** A value of another type breaks further rules that need not be told. */
function isConsequence(error: SchemaFault, errors: readonly SchemaFault[]): boolean {
  return (
    error.keyword !== 'type' &&
    errors.some((other) => other.keyword === 'type' && other.instancePath === error.instancePath)
  );
}

function namesOfTypes(types: readonly string[]): string {
  const names = [...new Set(types)].map((type) => WITH_ARTICLE[type] ?? type);
  const last = names.pop() ?? 'something else';
  return names.length > 0 ? `${names.join(', ')} or ${last}` : last;
}

function nameOfForm(schema: SchemaNode): string | undefined {
  const { title, description, required, properties, format, const: constant, type } = schema;
  const keys = required ?? Object.keys(properties ?? {});
  if (title ?? description) return title ?? description;
  if (keys.length > 0) return `with ${keys.join(', ')}`;
  if (constant !== undefined) return JSON.stringify(constant);
  return format ?? (type && namesOfTypes([type].flat()));
}

function branchOf(error: SchemaFault, choice: SchemaFault): string | undefined {
  return error.schemaPath.slice(choice.schemaPath.length + 1).split('/')[0];
}

/** Whether an error is about the very value that has the choice. */
function isAbout(error: SchemaFault, choice: SchemaFault, keywords: readonly string[]): boolean {
  return error.instancePath === choice.instancePath && keywords.includes(error.keyword);
}

function expectedTypes(branch: readonly SchemaFault[], choice: SchemaFault): readonly string[] {
  return branch.filter((error) => isAbout(error, choice, ['type'])).flatMap((error) => error.rule as string);
}

/** Tells a branch for another kind of thing: another constant, or `type: const` and the like just below the value. */
function isDiscriminator(choice: SchemaFault): (error: SchemaFault) => boolean {
  return (error) =>
    isAbout(error, choice, ['const']) ||
    (['const', 'enum'].includes(error.keyword) &&
      /^\/[^/]*$/.test(error.instancePath.slice(choice.instancePath.length)));
}
