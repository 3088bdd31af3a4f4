import { renderPlanAsJson, renderPlanAsMermaid, renderPlanAsText } from '@bulkhead/backend-runtime';
import { planHost } from '../host/plan-host.ts';
import type { HostOptions } from '../host/run-host.ts';

/** Options of `bulkhead inspect`. */
export interface InspectOptions extends HostOptions {
  readonly json?: boolean;
  readonly mermaid?: boolean;
}

/** Prints the plan of the host. */
export async function inspect({ json, mermaid, ...options }: InspectOptions): Promise<void> {
  const plan = await planHost(options);
  const render = json ? renderPlanAsJson : mermaid ? renderPlanAsMermaid : renderPlanAsText;
  process.stdout.write(render(plan));
}
