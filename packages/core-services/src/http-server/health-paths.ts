/** Where a host says whether it can answer at all. */
export const LIVENESS_PATH = '/.bulkhead/health/liveness';

/** Where a host says whether it takes requests: not while it starts, nor once it has begun to stop. */
export const READINESS_PATH = '/.bulkhead/health/readiness';
