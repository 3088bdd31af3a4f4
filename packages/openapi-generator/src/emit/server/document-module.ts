import type { ContractModel } from '../../model/contract-model.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';

/** The module with the OpenAPI document, which is loaded when somebody asks for it. */
export function emitDocument({ document }: ContractModel): string {
  return `${GENERATED_NOTICE}
import type { JsonObject } from '@bulkhead/types';

/** The contract, in one piece. */
export const document: JsonObject = ${JSON.stringify(document, null, 2)};
`;
}
