// Bare Express with the routes of the common application: no security headers, no log.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import express from 'express';

const ajv = new Ajv();
addFormats.default(ajv);
const isNewItem = ajv.compile(JSON.parse(readFileSync(new URL('../new-item.schema.json', import.meta.url), 'utf8')));

const app = express();
const getItem = (req, res) => res.json({ id: req.params.id, title: 'An item', done: false });
app.get('/api/target/items/:id', getItem);
app.get('/api/express/items/:id', getItem);
app.post('/api/target/items', express.json(), (req, res) => {
  if (!isNewItem(req.body)) return res.status(400).json({ error: ajv.errorsText(isNewItem.errors) });
  res.status(201).json({ id: '2', title: req.body.title, done: req.body.done });
});
app.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
