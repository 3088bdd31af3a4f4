import type { StartupFailure, StartupReport, StartupStep } from '@bulkhead/backend-plugin-api';
import { isErrorLike } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { groupBy } from '../graph/group-by.ts';

/** How many of the slowest plugins the summary names, if they took long enough to be worth it. */
const NAMED = 3;
const SLOW_MS = 10;

/** A report in one line, for the log. */
export function summariseReport(report: StartupReport): string {
  const { plugins, outcome } = report;
  const failed = plugins.filter(({ failure }) => failure);
  const slowest = report.steps
    .filter(({ type, duration }) => type === 'plugin' && duration >= SLOW_MS)
    .toSorted((a, b) => b.duration - a.duration)
    .slice(0, NAMED)
    .map(({ id, duration }) => `${id} ${formatTime(duration)}`);
  return [
    `The start ${outcome === 'success' ? 'took' : 'failed after'} ${formatTime(elapsed(report))}`,
    `${plugins.length} ${plugins.length === 1 ? 'plugin' : 'plugins'}`,
    ...(failed.length > 0 ? [`without ${failed.map(({ pluginId }) => pluginId).join(', ')}`] : []),
    ...(slowest.length > 0 ? [`slowest: ${slowest.join(', ')}`] : []),
  ].join('; ');
}

/** A report as a tree for a terminal: what was started, how long it took, and what it had to wait for. */
export function renderReportAsText(report: StartupReport): string {
  const { steps } = report;
  const isTopLevel = ({ type, pluginId }: StartupStep): boolean => type === 'plugin' || pluginId === undefined;
  const children = groupBy(
    steps.filter((step) => !isTopLevel(step)),
    ({ pluginId = '' }) => pluginId,
  );
  const lines = [summariseReport(report)];
  const top = steps.filter(isTopLevel);
  top.forEach((step, index) => {
    const isLast = index === top.length - 1;
    lines.push(`${isLast ? '└─' : '├─'} ${renderStep(step)}`);
    const inner = step.type === 'plugin' ? (children.get(step.id) ?? []) : [];
    inner.forEach((child, position) => {
      lines.push(`${isLast ? '  ' : '│ '} ${position === inner.length - 1 ? '└─' : '├─'} ${renderStep(child)}`);
    });
  });
  return `${lines.join('\n')}\n`;
}

/** A report as plain data: errors become their name, code and message. */
export function reportToJson(report: StartupReport): JsonObject {
  return {
    beginAt: report.beginAt.toISOString(),
    resultAt: report.resultAt.toISOString(),
    outcome: report.outcome,
    plugins: report.plugins.map(({ pluginId, resultAt, failure, modules }) => ({
      pluginId,
      resultAt: resultAt.toISOString(),
      ...failureToJson(failure),
      modules: modules.map((module) => ({
        moduleId: module.moduleId,
        resultAt: module.resultAt.toISOString(),
        ...failureToJson(module.failure),
      })),
    })),
    steps: report.steps.map((step) => ({ ...step, waitedFor: [...step.waitedFor] })),
  };
}

/** A report as JSON, indented. */
export function renderReportAsJson(report: StartupReport): string {
  return `${JSON.stringify(reportToJson(report), undefined, 2)}\n`;
}

/** A report as a Mermaid Gantt chart, a section for the host and one for each plugin. */
export function renderReportAsMermaid(report: StartupReport): string {
  const lines = ['gantt', '  title Start-up', '  dateFormat x', '  axisFormat %S.%L s'];
  const sections = groupBy(report.steps, ({ type, id, pluginId }) => (type === 'plugin' ? id : (pluginId ?? 'host')));
  for (const [name, steps] of sections) {
    lines.push(`  section ${name}`);
    for (const { type, id, startedAt, duration, outcome } of steps) {
      const begin = Math.round(startedAt);
      const critical = outcome === 'failure' ? 'crit, ' : '';
      lines.push(`  ${type} ${id} : ${critical}${begin}, ${begin + Math.max(1, Math.round(duration))}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function renderStep({ type, id, duration, waitedFor, outcome, reason }: StartupStep): string {
  const failure = outcome === 'failure' ? `  FAILED: ${reason ?? ''}` : '';
  const waited = waitedFor.length === 0 ? '' : `  after ${waitedFor.join(', ')}`;
  return `${type} ${id}  ${formatTime(duration)}${waited}${failure}`;
}

function failureToJson(failure: StartupFailure | undefined): JsonObject {
  if (!failure) return {};
  const { name, message } = failure.error;
  const code = isErrorLike(failure.error) && typeof failure.error.code === 'string' ? failure.error.code : undefined;
  return { failure: { allowed: failure.allowed, error: { name, message, ...(code !== undefined && { code }) } } };
}

function elapsed({ beginAt, resultAt }: StartupReport): number {
  return resultAt.getTime() - beginAt.getTime();
}

function formatTime(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return milliseconds >= 10 ? `${Math.round(milliseconds)} ms` : `${milliseconds.toFixed(1)} ms`;
}
