// Fastify with what Bulkhead has by default: security headers, request ids, a line of JSON for each request, a 404 handler.
// The lines are gathered before they are written, which is pino's fastest way.
import helmet from '@fastify/helmet';
import Fastify, { LogController } from 'fastify';
import pino from 'pino';
import { addRoutes } from './routes.js';

const server = Fastify({
  loggerInstance: pino({ level: process.env.LOG_LEVEL }, pino.destination({ sync: false, minLength: 4096 })),
  logController: new LogController({ disableRequestLogging: true }),
  requestIdHeader: 'x-request-id',
  genReqId: () => crypto.randomUUID(),
});
await server.register(helmet);
server.addHook('onRequest', (request, reply, done) => {
  reply.header('x-request-id', request.id);
  done();
});
server.addHook('onResponse', (request, reply, done) => {
  request.log.info(
    {
      method: request.method,
      url: request.url,
      status: reply.statusCode,
      duration: reply.elapsedTime,
      ip: request.ip,
      userAgent: request.headers['user-agent'],
    },
    'request completed',
  );
  done();
});
server.setNotFoundHandler((request, reply) => {
  reply.code(404).send({ error: { name: 'NotFoundError', message: `There is no ${request.url}` } });
});
addRoutes(server);
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
console.log('ready');
