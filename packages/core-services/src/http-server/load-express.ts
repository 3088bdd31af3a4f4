import { createRequire } from 'node:module';
import type express from 'express';

const require = createRequire(import.meta.url);

/**
 * Express 5. It is loaded for the first application or router: hosts whose plugins speak by contracts, or bring an Express of
 * their own, start without it.
 */
export function loadExpress(): typeof express {
  return require('express') as typeof express;
}
