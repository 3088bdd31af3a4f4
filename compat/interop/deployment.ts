import { TestDatabase } from '@bulkhead/backend-test-utils';
import { freePort } from '../src/free-port.ts';
import { HostProcess } from '../src/host-process.ts';
import { databaseSettings } from '../src/package-host.ts';
import { request, type Answer, type Asking } from '../src/http.ts';

/** Which host. */
export type Side = 'bulkhead' | 'backstage';

/** The plugins that a deployment has once, and the packages that make them. */
const SHARED = {
  auth: ['@backstage/plugin-auth-backend', '@backstage/plugin-auth-backend-module-guest-provider'],
  permission: ['@backstage/plugin-permission-backend', '../probes/policy.ts'],
  events: ['@backstage/plugin-events-backend'],
} as const;

/** Which of the hosts runs which of the plugins that there are once. */
export type Placement = Readonly<Record<keyof typeof SHARED, Side>>;

/** A deployment of two processes: ours, and Backstage's own. */
export class Deployment implements AsyncDisposable {
  readonly placement: Placement;
  readonly #urls: Readonly<Record<Side, string>>;
  readonly #disposables: AsyncDisposableStack;
  readonly #processes: Readonly<Record<Side, HostProcess>>;

  private constructor(
    placement: Placement,
    parts: {
      urls: Readonly<Record<Side, string>>;
      processes: Readonly<Record<Side, HostProcess>>;
      disposables: AsyncDisposableStack;
    },
  ) {
    this.placement = placement;
    this.#urls = parts.urls;
    this.#processes = parts.processes;
    this.#disposables = parts.disposables;
  }

  /** Starts both hosts, on databases of their own in one PostgreSQL. */
  static async start(placement: Placement, { verbose = false } = {}): Promise<Deployment> {
    await using disposables = new AsyncDisposableStack();
    const ports = { bulkhead: await freePort(), backstage: await freePort() };
    const urls = { bulkhead: `http://127.0.0.1:${ports.bulkhead}`, backstage: `http://127.0.0.1:${ports.backstage}` };
    const start = async (side: Side): Promise<HostProcess> => {
      const peer = side === 'bulkhead' ? 'backstage' : 'bulkhead';
      const database = disposables.use(await TestDatabase.create());
      const host = await HostProcess.start({
        file: `hosts/${side}.ts`,
        features: [`../probes/${side}-probe.ts`, ...sharedOf(placement, side).flatMap((id) => SHARED[id])],
        configs: ['interop/app-config.yaml'],
        env: {
          PORT: String(ports[side]),
          NODE_ENV: 'development',
          ...databaseOf(side, database),
          APP_CONFIG_discovery_endpoints: JSON.stringify([
            {
              target: `${urls[peer]}/api/{{pluginId}}`,
              plugins: [`${peer}-probe`, ...sharedOf(placement, peer)],
            },
          ]),
        },
        verbose,
      });
      return disposables.use(host);
    };
    // One after the other: who starts first must not depend on the other.
    const processes = { bulkhead: await start('bulkhead'), backstage: await start('backstage') };
    return new Deployment(placement, { urls, processes, disposables: disposables.move() });
  }

  /** Where a host is. */
  url(side: Side): string {
    return this.#urls[side];
  }

  /** What a host has logged. */
  log(side: Side): string {
    return this.#processes[side].output();
  }

  /** Asks the probe of a host. */
  ask(side: Side, path: string, asking?: Asking): Promise<Answer> {
    return request(`${this.#urls[side]}/api/${side}-probe${path}`, asking);
  }

  /** Signs the guest in, wherever that is done. */
  async signIn(): Promise<string> {
    const answer = await request(`${this.url(this.placement.auth)}/api/auth/guest/refresh`, {
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    return (answer.expect(200) as { backstageIdentity: { token: string } }).backstageIdentity.token;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#disposables.disposeAsync();
  }
}

function sharedOf(placement: Placement, side: Side): readonly (keyof Placement)[] {
  return (Object.keys(SHARED) as (keyof Placement)[]).filter((id) => placement[id] === side);
}

/** Ours has a role for each plugin; Backstage's plugins need a user who may make databases. */
function databaseOf(side: Side, database: TestDatabase): Readonly<Record<string, string>> {
  if (side === 'bulkhead') return databaseSettings(database);
  return {
    APP_CONFIG_backend_database: JSON.stringify({
      client: 'pg',
      connection: { ...database.connection },
      pluginDivisionMode: 'schema',
    }),
  };
}
