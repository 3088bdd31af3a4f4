// @fastify/http-proxy before the plugin at UPSTREAM.
import proxy from '@fastify/http-proxy';
import Fastify from 'fastify';

const server = Fastify();
server.register(proxy, { upstream: process.env.UPSTREAM, prefix: '/api/files', rewritePrefix: '/api/files' });
await server.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
console.log('ready');
