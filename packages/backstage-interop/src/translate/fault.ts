import { formatShapeFault, type ShapeFault } from '@bulkhead/errors/shape';

/** Why something that is marked as a feature is none, or only part of one. */
export interface FeatureFault {
  readonly type: 'fault';
  /** A field that is wrong, a version of the wire form that is not known, or a `register` that threw `cause`. */
  readonly kind: 'malformed' | 'unsupported' | 'threw';
  /** Says which field, what was expected and what is there. */
  readonly fault: string;
  /** Leads to the field. */
  readonly path?: readonly string[];
  readonly hint?: string;
  readonly pluginId?: string;
  readonly moduleId?: string;
  readonly cause?: unknown;
}

/** The plugin or module that a registration says it is, as far as it says so. */
export type DeclaredOwner = Pick<FeatureFault, 'pluginId' | 'moduleId'>;

/** A field that is not what it must be. */
export function malformed(shapeFault: ShapeFault, owner: DeclaredOwner = {}): FeatureFault {
  return {
    type: 'fault',
    kind: 'malformed',
    fault: formatShapeFault(shapeFault),
    ...(shapeFault.path.length > 0 && { path: shapeFault.path }),
    hint: 'It should be what @backstage/backend-plugin-api makes. Install a version of the package that was built with 1.x of it.',
    ...owner,
  };
}

/** A field that says that the feature is of a generation that came after this package. */
export function unsupported(shapeFault: ShapeFault, owner: DeclaredOwner = {}): FeatureFault {
  return {
    ...malformed(shapeFault, owner),
    kind: 'unsupported',
    hint: 'Update @bulkhead/backstage-interop, or install an older version of the package.',
  };
}

/** The author's `register`, or the function that makes the feature, threw. */
export function threw(cause: unknown): FeatureFault {
  return { type: 'fault', kind: 'threw', fault: 'its registration failed', cause };
}
