import type { Manifest, WorkspacePackage } from './workspace.ts';

const deployments = ['single', 'split'];

/**
 * Checks what the manifest of a plugin, a module, or one of their libraries says about itself: the id fits the
 * folder, the host is the one in this repository, the deployments are known.
 *
 * @param version - of the host
 * @returns a message for each fault
 */
export function checkPlugin(version: string, { folder, manifest }: WorkspacePackage): string[] {
  const { layer = '', pluginId, ...fields } = manifest.bulkhead ?? {};
  if (!layer.startsWith('plugin')) return pluginId === undefined ? [] : ['"bulkhead.pluginId" is for plugins only'];
  const messages = checkId(folder, manifest);
  if (layer !== 'plugin') return messages;
  if (!admits(fields.host, version)) {
    messages.push(`"bulkhead.host" must admit this host, as "^${version}" does, not ${JSON.stringify(fields.host)}`);
  }
  const named = fields.deployments ?? [];
  if (named.length === 0 || named.some((name) => !deployments.includes(name))) {
    messages.push(`"bulkhead.deployments" must name some of ${deployments.join(', ')}, not ${JSON.stringify(named)}`);
  }
  return messages;
}

function checkId(folder: string, { bulkhead = {} }: Manifest): string[] {
  const { role = '', layer = '', pluginId = '' } = bulkhead;
  const suffixes: Readonly<Record<string, string>> = {
    'backend-plugin': '-backend',
    'backend-plugin-module': '-backend-module-<name>',
    'plugin-node': '-node',
    'plugin-common': '-common',
  };
  const suffix = suffixes[role] ?? suffixes[layer] ?? '';
  const pattern = new RegExp(`^(?<id>[a-z][a-z0-9-]*)${suffix.replace('<name>', '[a-z][a-z0-9-]*')}$`);
  const id = pattern.exec(folder)?.groups?.id;
  if (!id) return [`the folder must be called <id>${suffix}`];
  if (id === pluginId) return [];
  return [`"bulkhead.pluginId" must be "${id}", as the folder says, not "${pluginId}"`];
}

function admits(range: string | undefined, version: string): boolean {
  const [wanted, actual] = [range?.replace(/^\^/, ''), version].map((text) => (text ?? '').split('.').map(Number));
  if (!range?.startsWith('^') || wanted?.length !== 3 || actual?.length !== 3 || wanted.some(Number.isNaN))
    return false;
  const [difference = 0] = wanted.map((part, index) => part - (actual[index] ?? 0)).filter((part) => part !== 0);
  return wanted[0] === actual[0] && difference <= 0;
}
