import type { Parameter, StatusKey } from '@bulkhead/openapi';
import type { ContentModel, OperationModel, ParameterModel } from '../model/contract-model.ts';

/** What server and client know of an operation, as data. */
export function operationData(operation: OperationModel): Readonly<Record<string, unknown>> {
  const { operationId, method, path, parameters, deprecated, sunset } = operation;
  return { operationId, method, path, parameters: parameters.map(parameterData), deprecated, sunset };
}

/** How a body is read and written, as data. */
export function contentData({ mediaType, kind, fields, schema }: ContentModel): Readonly<Record<string, unknown>> {
  const isText = kind === 'events' && typeof schema === 'object' && schema.type === 'string';
  return { mediaType, kind, fields, eventData: isText ? 'text' : undefined };
}

/** Something for each response of an operation, by its status. */
export function byStatus<TValue>(
  { responses }: OperationModel,
  map: (response: { readonly key: StatusKey; readonly contents: readonly ContentModel[] }) => TValue,
): Readonly<Record<string, TValue>> {
  return Object.fromEntries([...responses].map(([key, { contents }]) => [key, map({ key, contents })]));
}

function parameterData(parameter: ParameterModel): Parameter {
  const { name, part, style, explode, allowReserved, required, shape } = parameter;
  return { name, part, style, explode, ...(allowReserved && { allowReserved }), required, shape };
}
