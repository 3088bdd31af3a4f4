import type { ConditionalDecision, DefinitiveDecision } from '@bulkhead/backend-plugin-api';
import { unusableAnswer } from './errors.ts';
import type { Answer, Question } from './questions.ts';

/** What may be answered. */
export interface AnswersAllowed {
  /** Whether the caller can apply conditions. */
  readonly conditional: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** As deep as the plugins that apply conditions go. */
const MAX_DEPTH = 50;

/**
 * Reads what the permission plugin answers: `{ items: [{ id, result, … }] }`, one for each question and no others. Nothing
 * is made of an answer of which one part is not as it should be.
 *
 * @returns the answers by the id of their question
 * @throws BadGatewayError `ERR_PERMISSIONS_ANSWER`
 */
export function readAnswers(
  body: unknown,
  questions: readonly Question[],
  allowed: AnswersAllowed,
): ReadonlyMap<string, Answer> {
  const { items } = toFields(body);
  if (!Array.isArray(items)) throw unusableAnswer('items is no list');
  const asked = new Map(questions.map((question) => [question.id, question]));
  const answers = new Map<string, Answer>();
  for (const item of items as readonly unknown[]) {
    const fields = toFields(item);
    const question = typeof fields.id === 'string' ? asked.get(fields.id) : undefined;
    if (!question || answers.has(question.id)) throw unusableAnswer('its items do not match the questions');
    answers.set(question.id, readAnswer(fields, question, allowed));
  }
  if (answers.size !== asked.size) throw unusableAnswer('it leaves questions unanswered');
  return answers;
}

function readAnswer(fields: Fields, { resourceRef }: Question, { conditional }: AnswersAllowed): Answer {
  const { result } = fields;
  if (isDefinitive(result)) return { result };
  if (conditional && result === 'CONDITIONAL') return readConditions(fields);
  if (Array.isArray(resourceRef) && Array.isArray(result)) {
    if (result.length === resourceRef.length && result.every(isDefinitive)) return { result };
    throw unusableAnswer('a list of results does not match the resources that were asked about');
  }
  throw unusableAnswer('a result is none of those that there are');
}

function isDefinitive(result: unknown): result is DefinitiveDecision['result'] {
  return result === 'ALLOW' || result === 'DENY';
}

function readConditions({ pluginId, resourceType, conditions }: Fields): ConditionalDecision {
  if (typeof pluginId !== 'string' || typeof resourceType !== 'string' || !isCriteria(conditions)) {
    throw unusableAnswer('the conditions of a result cannot be understood');
  }
  return {
    result: 'CONDITIONAL',
    pluginId,
    resourceType,
    conditions: conditions as unknown as ConditionalDecision['conditions'],
  };
}

function isCriteria(value: unknown, depth = 0): value is Fields {
  if (depth > MAX_DEPTH) return false;
  const { anyOf, allOf, not, rule, resourceType, params } = toFields(value);
  const isListOfCriteria = (list: unknown): boolean =>
    Array.isArray(list) && list.length > 0 && list.every((item) => isCriteria(item, depth + 1));
  if (rule !== undefined) {
    const areParams = params === undefined || (typeof params === 'object' && params !== null && !Array.isArray(params));
    return typeof rule === 'string' && typeof resourceType === 'string' && areParams;
  }
  if (anyOf !== undefined) return isListOfCriteria(anyOf);
  if (allOf !== undefined) return isListOfCriteria(allOf);
  return not !== undefined && isCriteria(not, depth + 1);
}

function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
