import { loadConfigSchema } from '@bulkhead/config-loader';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffLines } from './line-diff.ts';
import { makeRunnable } from './make-runnable.ts';
import { migrateConfig } from './migrate-config.ts';
import type { Findings } from './migration-plan.ts';
import { replaceHostPackage, rewriteStart } from './rewrite-entry.ts';
import { isProblem, parseSource, type SourceFile } from './source-file.ts';
import { applyEdits } from './text-edits.ts';
import { markTypeOnlyNames } from './type-only-names.ts';

function parsed(text: string): SourceFile {
  const file = parseSource('/host/src/index.ts', 'src/index.ts', text);
  if (isProblem(file)) throw new TypeError(file.message);
  return file;
}

function rewrite(text: string): string {
  const file = parsed(text);
  const findings: Findings = { problems: [], remarks: [] };
  const edits = [
    ...replaceHostPackage(file, findings),
    ...rewriteStart(file, { canAwait: true }, findings),
    ...makeRunnable(file, findings),
  ];
  expect(findings).toEqual({ problems: [], remarks: [] });
  return applyEdits(text, edits);
}

/** Text that may stand in a comment or a string. */
const words = fc.stringMatching(/^[\w ,;:(){}[\]@/<>äß€😀#'"`-]{0,20}$/u).map((text) => text.replaceAll('*/', ''));
const filler = fc.oneof(
  words.map((text) => `// ${text} '@backstage/backend-defaults'`),
  words.map((text) => `/* ${text}\n backend.start(); */`),
  words.map((text) => `console.log(${JSON.stringify(`${text} @backstage/backend-defaults`)});`),
  fc.constantFrom(
    '',
    '\t',
    "backend.add(import('@backstage/plugin-catalog-backend'))",
    "backend.add( import(/* later */ '@backstage/plugin-auth-backend') );  ",
    'other.start();',
    'void (() => backend.start);',
    'if (other) { type Backend = { start(): void }; }',
  ),
);
const fillers = fc.array(filler, { maxLength: 6 });

describe('The rewriting of a host', () => {
  it('keeps everything else byte by byte', () => {
    const quotes = fc.constantFrom("'", '"');
    const breaks = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fillers, fillers, fillers, quotes, breaks, (top, middle, bottom, quote, lineBreak) => {
        const lines = (specifier: string, start: string): string =>
          [
            ...top,
            `import { createBackend as make } from ${quote}${specifier}${quote} // the host`,
            'const backend = make();',
            ...middle,
            `  ${start} // run`,
            ...bottom,
          ]
            .join('\n')
            .replaceAll('\n', lineBreak);
        expect(rewrite(lines('@backstage/backend-defaults', 'backend.start();'))).toBe(
          lines('@bulkhead/backend-defaults', 'await backend.start();'),
        );
      }),
    );
  });

  it.each([
    [
      'async function main() { const b = createBackend(); b.start(); }',
      'async function main() { const b = createBackend(); await b.start(); }',
    ],
    ['function main() { const b = createBackend(); b.start(); }', undefined],
    ['const b = createBackend(); await b.start();', undefined],
    ['const b = createBackend(); void b.start();', undefined],
    ['const b = createBackend(); b.start().catch(() => process.exit(1));', undefined],
    [
      'const b = createBackend(); if (process.env.RUN) b.start();',
      'const b = createBackend(); if (process.env.RUN) await b.start();',
    ],
  ])('awaits a start where that can be: %s', (text, expected = text) => {
    const head = (name: string): string => `import { createBackend } from '${name}/backend-defaults';\n`;
    expect(rewrite(head('@backstage') + text)).toBe(head('@bulkhead') + expected);
  });

  it.each([
    ["import { A, B } from 'x'; export const b: A = B;", "import { type A, B } from 'x'; export const b: A = B;"],
    ["import { A } from 'x'; export type B = A;", "import type { A } from 'x'; export type B = A;"],
    ["import A from 'x'; const b = {} as A;", "import type A from 'x'; const b = {} as A;"],
    ["import * as A from 'x'; let b: A.B;", "import type * as A from 'x'; let b: A.B;"],
    ["import A, { B } from 'x'; let c: A & B;", "import A, { type B } from 'x'; let c: A & B;"],
    ["import { A } from 'x'; class C implements A {}", "import type { A } from 'x'; class C implements A {}"],
    ["import { A } from 'x'; const c = { A: 1 }.A;", "import type { A } from 'x'; const c = { A: 1 }.A;"],
    ["import { A } from 'x'; class C extends A {}", undefined],
    ["import { A } from 'x'; const c = { A };", undefined],
    ["import { A } from 'x'; const c = { [A]: 1 };", undefined],
    ["import { A } from 'x'; export { A };", undefined],
    ["import { A } from 'x'; const c = (A as unknown)!;", undefined],
    ["import { A } from 'x'; const c = A satisfies object;", undefined],
    ["import type { A } from 'x'; let b: A;", undefined],
    ["import 'x';", undefined],
  ])('tells types from values: %s', (text, expected = text) => {
    expect(applyEdits(text, markTypeOnlyNames(parsed(text)))).toBe(expected);
  });
});

describe('The rewriting of a configuration', () => {
  const section = fc.oneof(
    words.map((text) => `# ${text} client: better-sqlite3`),
    fc.constantFrom(
      '',
      'app: { title: "Portal"   }',
      'catalog:\n  rules: [ { allow: [Component] } ]   # these\n  locations:\n  - type: file\n    target: ../x.yaml',
      'techdocs: &docs\n    builder: "local"',
      'auth:\n  providers:\n    guest: {}\n\n\n',
      "proxy:\n  endpoints:\n    '/x':\n      target: 'https://example.com'",
      'notes: |\n  database:\n    client: better-sqlite3\n',
    ),
  );
  const inBackend = fc.array(
    fc
      .constantFrom(
        '  # listen: 1',
        '',
        '  baseUrl: http://localhost:7007 ',
        '  cors: { origin: "*" }',
        '  csp:\n    img-src: [data:]',
      )
      .map((text) => text),
    { maxLength: 3 },
  );
  const unique = (texts: readonly string[]): readonly string[] =>
    texts.filter((text, index) => /^\s*(?:#|$)/.test(text) || texts.indexOf(text) === index);

  const UNSET = `backend:
  auth: { keys: [{ secret: "\${SECRET}" }] }
integrations:
  github:
    - host: \${HOST:-github.com}
      token: \${TOKEN} # mine
      apps: [{ key: "\${KEY}", url: 'https://\${HOST}/' }]
      list: [ '\${ITEM}' ]
      #token: \${OTHER}
`;

  it.each([
    ['app-config.yaml', UNSET.replace('${TOKEN}', '${TOKEN:-}').replace('${KEY}', '${KEY:-}')],
    ['app-config.production.yaml', UNSET],
  ])(
    'lets variables be unset, as they may be in Backstage, where every machine reads them: %s',
    async (name, after) => {
      const findings: Findings = { problems: [], remarks: [] };
      const facts = { hasPostgres: false, hasSqlite: false, packages: new Set<string>() };
      expect(await migrateConfig(name, UNSET, { schema: loadConfigSchema([]), facts, findings })).toBe(after);
    },
  );

  it('keeps everything else byte by byte', async () => {
    const sections = fc.array(section, { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sections, inBackend, inBackend, sections, async (top, before, after, bottom) => {
        const outer = unique([...top, '---', ...bottom]);
        const inner = unique([...before, '---', ...after]);
        const write = (database: readonly string[]): string =>
          [
            ...outer.slice(0, outer.indexOf('---')),
            'backend:',
            ...inner.slice(0, inner.indexOf('---')),
            ...database,
            ...inner.slice(inner.indexOf('---') + 1),
            ...outer.slice(outer.indexOf('---') + 1),
          ].join('\n');
        const findings: Findings = { problems: [], remarks: [] };
        const facts = { hasPostgres: false, hasSqlite: false, packages: new Set<string>() };
        const text = write([
          '  database: # here',
          '    client: better-sqlite3',
          '',
          "    connection: ':memory:' # gone",
        ]);
        const result = await migrateConfig('app-config.yaml', text, { schema: loadConfigSchema([]), facts, findings });
        expect(findings).toEqual({ problems: [], remarks: [] });
        expect(facts.hasSqlite).toBe(true);
        expect(result).toBe(
          write([
            '  # Without a connection the host starts the PostgreSQL that comes with it.',
            '  # database: # here',
            '  #   client: better-sqlite3',
            '',
            "  #   connection: ':memory:' # gone",
          ]),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('diffLines', () => {
  it('tells what became of every line', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 8 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const without = (type: string): string =>
          lines
            .filter((line) => line.type !== type)
            .map((line) => line.text)
            .join('\n');
        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });
});
