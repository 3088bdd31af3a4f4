// What is forwarded to: answers at once, with a small body or one of 64 KB, and costs as little as node:http can.
import { createServer } from 'node:http';

const small = Buffer.from(JSON.stringify({ id: 1, title: 'a small answer', done: false }));
const large = Buffer.alloc(64 * 1024, 'x');
const headersOf = (body, type) => ['Content-Type', type, 'Content-Length', String(body.length)];
const ofSmall = headersOf(small, 'application/json');
const ofLarge = headersOf(large, 'text/plain');

createServer((request, response) => {
  const isLarge = request.url === '/api/files/large';
  response.writeHead(200, isLarge ? ofLarge : ofSmall);
  response.end(isLarge ? large : small);
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
