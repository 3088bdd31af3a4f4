import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '@bulkhead/errors';
import { buildModel } from '../model/build-model.ts';
import type { ContractModel } from '../model/contract-model.ts';
import { bundle } from './bundle.ts';
import { ContractFiles } from './contract-files.ts';
import { ContractNode } from './contract-node.ts';
import { formatValue, isObject } from './json-pointer.ts';
import { invalidContract, unknownVersion } from './problems.ts';

/** How a contract is read. */
export interface ReadContractOptions {
  /** The id of the plugin. By default what the package.json beside the contract says, else the name of the folder. */
  readonly pluginId?: string;
}

/**
 * Reads a contract: OpenAPI 3.1 or 3.0, as YAML or JSON, in one file or several.
 *
 * @throws ProblemsError ERR_CONTRACT_INVALID with everything that is wrong with it, each with its place and the mend
 */
export function readContract(file: string, options: ReadContractOptions = {}): ContractModel {
  const problems: Problem[] = [];
  const files = new ContractFiles(problems);
  const main = files.open(file);
  const model =
    main &&
    readDocument(new ContractNode(main), { files, problems, pluginId: options.pluginId ?? findPluginId(main.path) });
  if (!model || problems.length > 0) {
    throw invalidContract(main?.name ?? file, withoutRepetitions(problems));
  }
  return model;
}

function readDocument(
  root: ContractNode,
  { files, problems, pluginId }: { files: ContractFiles; problems: Problem[]; pluginId: string },
): ContractModel | undefined {
  const version = root.at('openapi').value;
  if (typeof version !== 'string' || !/^3\.[01](\.|$)/.test(version)) {
    const swagger = root.at('swagger').value;
    const found =
      version === undefined ? swagger && `Swagger ${formatValue(swagger)}` : `OpenAPI ${JSON.stringify(version)}`;
    problems.push(unknownVersion(found as string | undefined, root.source('openapi')));
    return undefined;
  }
  return buildModel(bundle(root, files, problems), { pluginId, problems });
}

/** What is referred to twice is found to be wrong twice. */
function withoutRepetitions(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function findPluginId(contract: string): string {
  const folder = path.dirname(contract);
  try {
    const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const about = isObject(manifest) ? (manifest['bulkhead'] ?? manifest['backstage']) : undefined;
    if (isObject(about) && typeof about['pluginId'] === 'string') {
      return about['pluginId'];
    }
  } catch {
    // A contract that is in no package is called after its folder.
  }
  return path.basename(folder).replace(/-backend$/, '');
}
