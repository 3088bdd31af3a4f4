/** The host file of a new Backstage repository, in short. */
export const ENTRY = `/*
 * Hi! This is an EXAMPLE Backstage backend.
 */

import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

// catalog plugin
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.start();
`;

/** Its configuration. */
export const APP_CONFIG = `app:
  title: Scaffolded Backstage App
  baseUrl: http://localhost:3000

organization:
  name: My Company

backend:
  # Used for enabling authentication
  # auth:
  #   keys:
  #     - secret: \${BACKEND_SECRET}
  baseUrl: http://localhost:7007
  listen:
    port: 7007
    # Uncomment the following host directive to bind to specific interfaces
    # host: 127.0.0.1
  csp:
    connect-src: ["'self'", 'http:', 'https:']
  cors:
    origin: http://localhost:3000
    methods: [GET, HEAD, PATCH, POST, PUT, DELETE]
    credentials: true
  # This is for local development only
  database:
    client: better-sqlite3
    connection: ':memory:'
  # workingDirectory: /tmp # Use this to configure a working directory

integrations:
  github:
    - host: github.com
      token: \${GITHUB_TOKEN}

auth:
  providers:
    guest: {}

catalog:
  rules:
    - allow: [Component, System, API, Resource, Location]
`;

/** What it adds in production. */
export const PRODUCTION_CONFIG = `backend:
  baseUrl: http://localhost:7007
  listen: ':7007'
  # config options: https://node-postgres.com/apis/client
  database:
    client: pg
    connection:
      host: \${POSTGRES_HOST}
      port: \${POSTGRES_PORT}
      user: \${POSTGRES_USER}
      password: \${POSTGRES_PASSWORD}
`;

const MANIFEST = `${JSON.stringify(
  {
    name: 'backend',
    version: '0.0.0',
    main: 'dist/index.cjs.js',
    types: 'src/index.ts',
    private: true,
    backstage: { role: 'backend' },
    scripts: { start: 'backstage-cli package start', build: 'backstage-cli package build' },
    dependencies: {
      '@backstage/backend-defaults': '^0.17.0',
      '@backstage/plugin-catalog-backend': '^3.9.0',
      'better-sqlite3': '^12.0.0',
      pg: '^8.11.3',
    },
    devDependencies: { '@backstage/cli': '^0.34.0' },
    files: ['dist'],
  },
  null,
  2,
)}\n`;

/** The files of a new Backstage repository, with others in the place of some. */
export function backstageRepository(files: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'package.json': '{ "name": "root", "private": true, "workspaces": { "packages": ["packages/*", "plugins/*"] } }',
    '.gitignore': 'node_modules\ndist\n',
    'app-config.yaml': APP_CONFIG,
    'app-config.production.yaml': PRODUCTION_CONFIG,
    'packages/app/package.json': '{ "name": "app", "backstage": { "role": "frontend" } }',
    'packages/backend/package.json': MANIFEST,
    'packages/backend/.eslintrc.js': "module.exports = require('@backstage/cli/config/eslint-factory')(__dirname);\n",
    'packages/backend/src/index.ts': ENTRY,
    ...files,
  };
}
