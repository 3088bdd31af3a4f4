import { groupBy } from '../graph/group-by.ts';
import type { Plan } from './plan.ts';

/**
 * A plan as a Mermaid flowchart. An arrow leads from whoever needs something to what it needs; a module points at the
 * extension points that it uses, and these at whoever registers them.
 */
export function renderPlanAsMermaid(plan: Plan): string {
  const names = new NodeNames();
  const lines: string[] = [];
  const points = groupBy(plan.extensionPoints, ({ pluginId }) => pluginId);
  for (const { id, scope, deps } of plan.services) {
    lines.push(`${names.of(`service ${id}`)}${scope === 'root' ? `[(${quote(id)})]` : `(${quote(id)})`}`);
    for (const dep of deps) lines.push(`${names.of(`service ${id}`)} --> ${names.of(`service ${dep}`)}`);
  }
  for (const { pluginId, services, modules } of plan.plugins) {
    lines.push(`subgraph ${names.of(`group ${pluginId}`)} [${quote(pluginId)}]`);
    lines.push(`  ${names.of(`plugin ${pluginId}`)}[${quote(`plugin ${pluginId}`)}]`);
    for (const { moduleId } of modules) {
      lines.push(`  ${names.of(`module ${pluginId}/${moduleId}`)}[${quote(`module ${moduleId}`)}]`);
    }
    for (const { id } of points.get(pluginId) ?? []) {
      lines.push(`  ${names.of(`point ${pluginId}/${id}`)}{{${quote(id)}}}`);
    }
    lines.push('end');
    for (const id of services) lines.push(`${names.of(`plugin ${pluginId}`)} --> ${names.of(`service ${id}`)}`);
    for (const { moduleId, services: needed, uses } of modules) {
      const module = names.of(`module ${pluginId}/${moduleId}`);
      for (const id of needed) lines.push(`${module} --> ${names.of(`service ${id}`)}`);
      for (const id of uses) lines.push(`${module} -.-> ${names.of(`point ${pluginId}/${id}`)}`);
    }
  }
  for (const { id, pluginId, moduleId } of plan.extensionPoints) {
    const provider = moduleId === undefined ? `plugin ${pluginId}` : `module ${pluginId}/${moduleId}`;
    lines.push(`${names.of(`point ${pluginId}/${id}`)} -.-> ${names.of(provider)}`);
  }
  return `${['flowchart LR', ...lines.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** Short names for nodes: ids may hold what Mermaid gives a meaning to. */
class NodeNames {
  readonly #names = new Map<string, string>();

  of(key: string): string {
    let name = this.#names.get(key);
    if (!name) this.#names.set(key, (name = `n${this.#names.size}`));
    return name;
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
}
