import { groupBy } from '../graph/group-by.ts';
import type { LeftOut, Plan, PlannedExtensionPoint, PlannedModule, PlannedPlugin, PlannedService } from './plan.ts';

/** A plan as an indented text for a terminal. */
export function renderPlanAsText(plan: Plan): string {
  const { services, plugins, leftOut } = plan;
  const points = groupBy(plan.extensionPoints, ({ pluginId }) => pluginId);
  const sections = [
    section('Root services', services.filter(({ scope }) => scope === 'root').map(renderService)),
    section('Plugin services', services.filter(({ scope }) => scope === 'plugin').map(renderService)),
    section(
      'Plugins',
      plugins.flatMap((plugin) => renderPlugin(plugin, points.get(plugin.pluginId) ?? [])),
    ),
    section('Left out', leftOut.flatMap(renderLeftOut)),
  ];
  return `${sections.flat().join('\n')}\n`;
}

/** A plan as JSON, indented. Of a problem that something thrown led to, the thing thrown is left out. */
export function renderPlanAsJson(plan: Plan): string {
  const withoutCause = (key: string, value: unknown): unknown => (key === 'cause' ? undefined : value);
  return `${JSON.stringify(plan, withoutCause, 2)}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function renderService({ id, initialization, multiton, origin, deps }: PlannedService): string {
  const notes = [origin, initialization, ...(multiton ? ['one of several'] : [])].join(', ');
  return `${id} (${notes})${deps.length === 0 ? '' : ` <- ${deps.join(', ')}`}`;
}

function renderPlugin(plugin: PlannedPlugin, offered: readonly PlannedExtensionPoint[]): string[] {
  const { pluginId, declaredPluginId, loaders, services, modules } = plugin;
  const instance = declaredPluginId === pluginId ? '' : ` (instance of ${declaredPluginId})`;
  return [
    `${pluginId}${instance}${loaders.length === 0 ? '' : ` from the ${loaders.at(-1)}`}`,
    ...modules.map((module, index) => `  ${index + 1}. module ${renderModule(module)}`),
    `  ${modules.length + 1}. init${services.length === 0 ? '' : ` <- ${services.join(', ')}`}`,
    ...offered.map(({ id, moduleId, usedBy }) => {
      const provider = moduleId === undefined ? '' : ` of module ${moduleId}`;
      return `  extension point ${id}${provider}, used by ${usedBy.length === 0 ? 'nobody' : usedBy.join(', ')}`;
    }),
  ];
}

function renderModule({ moduleId, services, uses, after }: PlannedModule): string {
  const needs = [...services, ...uses];
  const needed = needs.length === 0 ? '' : ` <- ${needs.join(', ')}`;
  return `${moduleId}${needed}${after.length === 0 ? '' : `, after ${after.join(', ')}`}`;
}

function renderLeftOut({ pluginId, moduleId, reason, problems }: LeftOut): string[] {
  const name = moduleId === undefined ? pluginId : `${pluginId}, module ${moduleId}`;
  if (reason === 'disabled') return [`${name}: switched off in the configuration`];
  if (reason === 'unselected') return [`${name}: not for this process`];
  return [`${name}:`, ...problems.map(({ message, code }) => `  ${message} [${code}]`)];
}
