// What schemas cost, by the contract of the plugin `todo`: one measurement per process, as its argument says.
//   load       milliseconds until the validators that were compiled ahead of time are there
//   compile    milliseconds until Ajv has made them of the contract
//   serialize  microseconds per page of 20 todos, by code made for their schema and by JSON.stringify
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';

const generated = new URL('../../../plugins/todo-backend/dist/generated/', import.meta.url);

const measurements = {
  async load() {
    const startedAt = performance.now();
    await import(new URL('validators.js', generated).href);
    return { milliseconds: performance.now() - startedAt };
  },
  async compile() {
    const { document } = await import(new URL('document.js', generated).href);
    const require = createRequire(new URL('../../../packages/openapi-generator/package.json', import.meta.url));
    const { formats } = await import('@bulkhead/openapi/validation');
    const startedAt = performance.now();
    const { Ajv2020 } = require('ajv/dist/2020.js');
    const ajv = new Ajv2020({ allErrors: true, useDefaults: true, strict: false, formats });
    const { schemas } = document.components;
    for (const name of Object.keys(schemas))
      ajv.compile({ $ref: `#/components/schemas/${name}`, components: { schemas } });
    for (const { parameters = [] } of Object.values(document.paths).flatMap(Object.values)) {
      const own = parameters.filter(({ schema }) => schema);
      const properties = Object.fromEntries(own.map(({ name, schema }) => [name, schema]));
      ajv.compile({ type: 'object', properties, components: { schemas } });
    }
    return { milliseconds: performance.now() - startedAt };
  },
  async serialize() {
    const page = JSON.parse(
      JSON.stringify({ items: Array.from({ length: 20 }, (_, index) => todo(index)), nextCursor: 'next' }),
    );
    if (serializePage(page) !== JSON.stringify(page)) throw new Error('The serialisers disagree');
    return { generated: time(() => serializePage(page)), stringify: time(() => JSON.stringify(page)) };
  },
};

function todo(index) {
  return {
    id: `0b9ff7a0-1111-4222-8333-${String(index).padStart(12, '0')}`,
    title: `Buy milk and ${index} eggs, then go home`,
    done: index % 2 === 0,
    version: index + 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

// What a generator of serialisers would write for a page of todos, whose objects are closed.
function serializePage({ items, nextCursor }) {
  let text = '{"items":[';
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ',';
    text += serializeTodo(items[index]);
  }
  return nextCursor === undefined ? `${text}]}` : `${text}],"nextCursor":${quote(nextCursor)}}`;
}

function serializeTodo({ id, title, done, version, createdAt, updatedAt }) {
  const start = `{"id":${quote(id)},"title":${quote(title)},"done":${done},"version":${version}`;
  return `${start},"createdAt":${quote(createdAt)},"updatedAt":${quote(updatedAt)}}`;
}

// eslint-disable-next-line no-control-regex -- what JSON has to escape
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

function quote(text) {
  return ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

// Texts are put together when they are first needed in one piece, so the bytes have to be asked for.
function time(serialize) {
  let bytes = 0;
  const run = (count) => {
    const startedAt = performance.now();
    for (let index = 0; index < count; index++) bytes += Buffer.from(serialize()).length;
    return ((performance.now() - startedAt) * 1000) / count;
  };
  run(3_000);
  const rounds = [run(3_000), run(3_000), run(3_000)].sort((one, other) => one - other);
  if (bytes === 0) throw new Error('Nothing was serialised');
  return rounds[1];
}

console.log(JSON.stringify(await measurements[process.argv[2]]()));
