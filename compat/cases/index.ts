import type { Case, Omission } from '../src/case.ts';
import { authCases } from './auth.ts';
import { catalogCases } from './catalog.ts';
import { communityCases } from './community.ts';
import { coreCases } from './core.ts';
import { eventsCases } from './events.ts';
import { scaffolderCases } from './scaffolder.ts';
import { searchCases } from './search.ts';

/** All packages of the host, in the order in which they are asked. */
export const cases: readonly Case[] = [
  ...authCases,
  ...coreCases,
  ...catalogCases,
  ...searchCases,
  ...eventsCases,
  ...scaffolderCases,
  ...communityCases,
];

/** Packages that are not in the host. */
export const omissions: readonly Omission[] = [
  {
    name: '@backstage-community/plugin-kafka-backend',
    reason: 'it exports no feature, only a router of the old backend system',
  },
  {
    name: '@backstage-community/plugin-periskop-backend',
    reason: 'it exports no feature, only a router of the old backend system',
  },
  {
    name: '@roadiehq/catalog-backend-module-okta',
    reason: 'it exports processors and providers, but no feature',
  },
  {
    name: '@roadiehq/catalog-backend-module-aws',
    reason: 'it exports processors and providers, but no feature',
  },
  {
    name: '@tduniec/backstage-plugin-time-saver-backend',
    reason: 'it opens the database of the scaffolder by itself, which a plugin has no rights to',
  },
  {
    name: '@spotify/backstage-plugin-*-backend',
    reason: 'they ask for a licence key when they start',
  },
];
