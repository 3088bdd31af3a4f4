// Bare Fastify: no security headers, no log.
import Fastify from 'fastify';
import { addRoutes } from './routes.js';

const server = Fastify();
addRoutes(server);
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
console.log('ready');
