// The routes of the common application with the schemas that Fastify advises: for bodies, parameters and responses.
import { readFileSync } from 'node:fs';

const newItem = JSON.parse(readFileSync(new URL('../new-item.schema.json', import.meta.url), 'utf8'));

const item = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'title', 'done'],
  properties: { id: { type: 'string' }, title: { type: 'string' }, done: { type: 'boolean' } },
};

const ofItem = {
  params: { type: 'object', required: ['id'], properties: { id: { type: 'string', maxLength: 64 } } },
  response: { 200: item },
};

export function addRoutes(server) {
  server.get('/api/target/items/:id', { schema: ofItem }, (request, reply) => {
    reply.send({ id: request.params.id, title: 'An item', done: false });
  });
  server.post('/api/target/items', { schema: { body: newItem, response: { 201: item } } }, (request, reply) => {
    reply.code(201).send({ id: '2', title: request.body.title, done: request.body.done });
  });
}
