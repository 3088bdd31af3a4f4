import { severityOf, type LogThreshold } from './log-level.ts';

/** A test of one field of a line. */
export type FieldMatcher = (value: unknown) => boolean;

/** Another level for lines with certain fields. */
export interface LevelOverride {
  /** All of them must hold. */
  readonly matchers: ReadonlyMap<string, FieldMatcher>;
  readonly level: LogThreshold;
}

/** Which lines are written. */
export interface LevelRulesOptions {
  readonly level: LogThreshold;
  /** Levels by plugin id. */
  readonly levels?: ReadonlyMap<string, LogThreshold>;
  /** The first one that matches wins over everything else. */
  readonly overrides?: readonly LevelOverride[];
}

/** Fields of a line that are known before it is written. */
export type Bindings = Readonly<Record<string, unknown>>;

/** What is decided about the lines of one logger. */
export interface LevelDecision {
  /** No line above this number is ever written: the cheap test. */
  readonly limit: number;
  /** Whether what is not above it may yet be left out, because of a field of the line. */
  readonly dependsOnFields: boolean;
  /** Whether a line below the limit is written. `fieldsOf` is called only if the fields matter. */
  admits(severity: number, fieldsOf: () => Bindings): boolean;
}

/**
 * Decides which lines are written. What can be known from the fields bound to a logger is worked out once per logger,
 * so that a disabled `debug` costs one comparison.
 */
export class LevelRules {
  readonly #options: LevelRulesOptions;

  constructor(options: LevelRulesOptions) {
    this.#options = options;
  }

  /** The decision for the lines of a logger with these fields. */
  decide(bindings: Bindings): LevelDecision {
    const open: LevelOverride[] = [];
    let settled = this.#levelOf(bindings.plugin);
    for (const override of this.#options.overrides ?? []) {
      const match = matchBound(override, bindings);
      if (match === 'always') {
        settled = override.level;
        break;
      }
      if (match === 'perhaps') open.push(override);
    }
    return open.length === 0 ? fixedDecision(settled) : openDecision(settled, open);
  }

  #levelOf(plugin: unknown): LogThreshold {
    const { level, levels } = this.#options;
    return (typeof plugin === 'string' ? levels?.get(plugin) : undefined) ?? level;
  }
}

function fixedDecision(level: LogThreshold): LevelDecision {
  return { limit: severityOf(level), dependsOnFields: false, admits: () => true };
}

function openDecision(settled: LogThreshold, open: readonly LevelOverride[]): LevelDecision {
  return {
    limit: Math.max(severityOf(settled), ...open.map((override) => severityOf(override.level))),
    dependsOnFields: true,
    admits(severity, fieldsOf) {
      const fields = fieldsOf();
      const override = open.find(({ matchers }) => [...matchers].every(([name, matches]) => matches(fields[name])));
      return severity <= severityOf(override?.level ?? settled);
    },
  };
}

/** Whether an override holds for all lines of a logger, for none, or depends on the line. */
function matchBound({ matchers }: LevelOverride, bindings: Bindings): 'always' | 'never' | 'perhaps' {
  let result: 'always' | 'perhaps' = 'always';
  for (const [name, matches] of matchers) {
    if (!(name in bindings)) result = 'perhaps';
    else if (!matches(bindings[name])) return 'never';
  }
  return result;
}
