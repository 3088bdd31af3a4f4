import { expect, it } from '@jest/globals';
import { coreServices } from '@bulkhead/backend-plugin-api';
import { mockServices } from '@bulkhead/backend-test-utils';
import * as contracts from '@bulkhead/backend-test-utils/contracts';

// Any number of factories provide an indicator; what they have in common is the type.
const services = Object.keys(coreServices).filter((name) => name !== 'rootHealthIndicators');

it.each(services)('%s', (name) => {
  expect(mockServices).toHaveProperty(name);
  expect(contracts).toHaveProperty(`describe${name[0]!.toUpperCase()}${name.slice(1)}Service`);
});
