/** What `node --cpu-prof` writes. */
export interface CpuProfile {
  readonly nodes: readonly CpuProfileNode[];
  /** The node that was at work at each look. */
  readonly samples: readonly number[];
  /** Microseconds before each look. */
  readonly timeDeltas: readonly number[];
}

/** A function as it was called from a stack. */
export interface CpuProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** A function within the stack that called it. */
export interface Frame {
  readonly name: string;
  /** The file and line, or empty for what is no code of its own. */
  readonly place: string;
  /** Milliseconds in the function itself. */
  readonly self: number;
  /** Milliseconds in the function and in what it called. */
  readonly total: number;
  readonly callees: readonly Frame[];
}

/** Nothing was done then. */
const IDLE = '(idle)';

/** Makes one tree of a profile: how long each function was at work, by who called it. Idle time is left out. */
export function readProfile({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const selfTimes = new Map<number, number>();
  samples.forEach((id, index) => {
    // The time before a look belongs to what the look before has seen.
    const time = Math.max(0, timeDeltas[index + 1] ?? 0) / 1000;
    selfTimes.set(id, (selfTimes.get(id) ?? 0) + time);
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isChild = new Set(nodes.flatMap(({ children = [] }) => children));
  const frameOf = ({ id, callFrame, children = [] }: CpuProfileNode): Frame => {
    const callees = children
      .map((child) => byId.get(child))
      .filter((child) => child !== undefined && child.callFrame.functionName !== IDLE)
      .map((child) => frameOf(child!))
      .sort((a, b) => b.total - a.total);
    const self = selfTimes.get(id) ?? 0;
    const total = callees.reduce((sum, callee) => sum + callee.total, self);
    return { name: callFrame.functionName || '(anonymous)', place: placeOf(callFrame), self, total, callees };
  };
  const root = nodes.find(({ id }) => !isChild.has(id));
  if (!root) throw new TypeError('The profile has no root');
  return frameOf(root);
}

function placeOf({ url, lineNumber }: CpuProfileNode['callFrame']): string {
  return url ? `${url.replace(/^file:\/\//, '')}:${lineNumber + 1}` : '';
}
