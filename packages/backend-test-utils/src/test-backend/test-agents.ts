import supertest from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import type { MockCredentials } from '../credentials/mock-credentials.ts';

/** Sends requests to a test backend, wherever that listens at the moment. */
export class TestAgents {
  readonly #agents: TestAgent[] = [];
  #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** An agent that proves the given credentials with each request; each has its own cookies. */
  create(credentials: MockCredentials<unknown>): TestAgent {
    const agent = supertest.agent(this.#url);
    if (credentials.header) agent.set('authorization', credentials.header);
    this.#agents.push(agent);
    return agent;
  }

  /** Lets all agents, those in the tests' hands as well, speak to another address. */
  moveTo(url: string): void {
    this.#url = url;
    for (const agent of this.#agents) Object.assign(agent, { app: url });
  }
}
