import { createRequire } from 'node:module';
import type express from 'express';

/** Another copy of Express 4, as plugins that are installed on their own bring one. */
export const secondExpress = createRequire(import.meta.url)('express-4-again') as typeof express;
