// What node:http alone can do: the routes of the common application, told apart by comparing texts, nothing validated.
import { createServer } from 'node:http';

const PREFIX = '/api/target/items/';

function send(response, status, body) {
  const text = JSON.stringify(body);
  response.writeHead(status, ['Content-Type', 'application/json', 'Content-Length', String(Buffer.byteLength(text))]);
  response.end(text);
}

createServer((request, response) => {
  if (request.method === 'GET' && request.url.startsWith(PREFIX)) {
    send(response, 200, { id: request.url.slice(PREFIX.length), title: 'An item', done: false });
  } else if (request.method === 'POST' && request.url === '/api/target/items') {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { title, done } = JSON.parse(Buffer.concat(chunks));
      send(response, 201, { id: '2', title, done });
    });
  } else {
    send(response, 404, { error: 'Not found' });
  }
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
