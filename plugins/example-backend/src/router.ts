import { InputError } from '@bulkhead/errors';
import express, { type Router } from 'express';
import type { Greeter } from './service/greeter.ts';

const MAX_NAME_LENGTH = 100;

/** The HTTP side of the plugin: `GET /greeting?name=`. */
export function createRouter(greeter: Greeter): Router {
  const router = express.Router();
  router.get('/greeting', (req, res) => {
    res.json(greeter.greet(readName(req.query.name)));
  });
  return router;
}

/** A query can hold anything: no name, an empty one, or several. */
function readName(name: unknown): string | undefined {
  if (name === undefined) return undefined;
  if (typeof name !== 'string' || name.trim() === '' || name.length > MAX_NAME_LENGTH) {
    throw new InputError(`/query/name must be given once, with 1 to ${MAX_NAME_LENGTH} characters`);
  }
  return name.trim();
}
