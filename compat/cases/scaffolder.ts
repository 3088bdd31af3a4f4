import assert from 'node:assert/strict';
import type { Case } from '../src/case.ts';
import { eventually } from '../src/http.ts';
import { offersAction } from '../src/proofs.ts';

/** What makes software from templates. */
export const scaffolderCases: readonly Case[] = [
  {
    name: '@backstage/plugin-scaffolder-backend',
    feature: 'scaffolder',
    proof: 'POST /api/scaffolder/v2/tasks for a template of the catalog → completed',
    async prove(host) {
      const body = { templateRef: 'template:default/wait-a-moment', values: { name: 'compat' } };
      let id = '';
      await eventually(async () => {
        const answer = await host.ask('/api/scaffolder/v2/tasks', { as: 'user', body });
        ({ id } = answer.expect(201) as { id: string });
      });
      await eventually(async () => {
        (await host.ask(`/api/scaffolder/v2/tasks/${id}`, { as: 'user' })).expect(200, { status: 'completed' });
      });
      const events = await host.ask(`/api/scaffolder/v2/tasks/${id}/events`, { as: 'user' });
      assert.match(events.text, /made for compat/);
    },
  },
  action('@backstage/plugin-scaffolder-backend-module-azure', 'azure', 'publish:azure'),
  action('@backstage/plugin-scaffolder-backend-module-bitbucket-server', 'bitbucketServer', 'publish:bitbucketServer'),
  action(
    '@backstage/plugin-scaffolder-backend-module-confluence-to-markdown',
    'confluence-to-markdown',
    'confluence:transform:markdown',
  ),
  action('@backstage/plugin-scaffolder-backend-module-cookiecutter', 'cookiecutter', 'fetch:cookiecutter'),
  action('@backstage/plugin-scaffolder-backend-module-gerrit', 'geritt', 'publish:gerrit'),
  action('@backstage/plugin-scaffolder-backend-module-gitea', 'gitea', 'publish:gitea'),
  action('@backstage/plugin-scaffolder-backend-module-github', 'github', 'publish:github'),
  action('@backstage/plugin-scaffolder-backend-module-gitlab', 'gitlab', 'publish:gitlab'),
  action('@backstage/plugin-scaffolder-backend-module-notifications', 'notifications', 'notification:send'),
  action('@backstage/plugin-scaffolder-backend-module-rails', 'rails', 'fetch:rails'),
  action('@backstage/plugin-scaffolder-backend-module-sentry', 'sentry', 'sentry:project:create'),
  action(
    '@backstage-community/plugin-scaffolder-backend-module-annotator',
    'scaffolder-backend-scaffolder-annotator',
    'catalog:annotate',
  ),
  action('@backstage-community/plugin-scaffolder-backend-module-azure-devops', 'azure-devops', 'azure:pipeline:run'),
  action('@backstage-community/plugin-scaffolder-backend-module-jenkins', 'jenkins', 'jenkins:job:create'),
  action('@backstage-community/plugin-scaffolder-backend-module-dotnet', 'dotnet', 'dotnet:new'),
  action(
    '@backstage-community/plugin-scaffolder-backend-module-kubernetes',
    'scaffolder-backend-kubernetes',
    'kubernetes:create-namespace',
  ),
  action(
    '@backstage-community/plugin-scaffolder-backend-module-quay',
    'scaffolder-backend-quay',
    'quay:create-repository',
  ),
  action('@backstage-community/plugin-scaffolder-backend-module-regex', 'scaffolder-backend-regexp', 'regex:replace'),
  action(
    '@backstage-community/plugin-scaffolder-backend-module-servicenow',
    'scaffolder-backend-servicenow',
    'servicenow:now:table:createRecord',
  ),
  action(
    '@backstage-community/plugin-scaffolder-backend-module-sonarqube',
    'scaffolder-backend-sonarqube',
    'sonarqube:create-project',
  ),
  action('@roadiehq/scaffolder-backend-argocd', 'scaffolder-backend-argocd', 'argocd:create-resources'),
  action('@roadiehq/scaffolder-backend-module-aws', 'scaffolder-backend-module-aws', 'roadiehq:aws:ecr:create'),
  action(
    '@roadiehq/scaffolder-backend-module-http-request',
    'scaffolder-backend-module-http-request',
    'http:backstage:request',
  ),
  action('@roadiehq/scaffolder-backend-module-utils', 'scaffolder-backend-module-utils', 'roadiehq:utils:fs:write'),
];

function action(name: string, moduleId: string, id: string): Case {
  return { name, feature: `scaffolder/${moduleId}`, ...offersAction(id) };
}
