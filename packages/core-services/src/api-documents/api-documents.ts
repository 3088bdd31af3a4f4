import type { PluginState, RootHostService } from '@bulkhead/backend-plugin-api';
import { pluginFailed, pluginStarting, shuttingDown } from '../http-server/errors.ts';
import type { HttpServerService, PluginMount } from '../http-server/http-server-service.ts';
import type { PluginLocation, TopologyService } from '../topology/topology-service.ts';
import { noContract } from './errors.ts';
import type { JsonObject } from './json.ts';
import { mergeDocuments, type PluginDocument, type UnavailableDocument } from './merge-documents.ts';
import type { RemoteDocuments } from './remote-documents.ts';

/** What {@link ApiDocuments} is made of. */
export interface ApiDocumentsOptions {
  readonly host: RootHostService;
  readonly server: HttpServerService;
  readonly topology: TopologyService;
  readonly remote: RemoteDocuments;
  /** Where users reach this host, without a trailing slash, if none of its plugins can tell. */
  readonly baseUrl: string;
}

type RemoteLocation = Extract<PluginLocation, { type: 'remote' }>;

/** A plugin's share of the merged document; `undefined`: it has no contract. */
type Share = PluginDocument | UnavailableDocument | undefined;

/** The OpenAPI documents of this process and, merged, of the whole deployment. */
export class ApiDocuments {
  readonly #options: ApiDocumentsOptions;

  constructor(options: ApiDocumentsOptions) {
    this.#options = options;
  }

  /** Whether a plugin of this process is known to serve a contract. */
  hasContract(pluginId: string): boolean {
    return this.#options.server.getMount(pluginId)?.routes !== undefined;
  }

  /**
   * The contract of a plugin of this process, with the URL under which users reach it.
   *
   * @throws NotFoundError `ERR_API_DOCUMENTS_NO_CONTRACT`; ServiceUnavailableError while it is not known
   */
  async ofPlugin(pluginId: string): Promise<JsonObject> {
    const mount = this.#options.server.getMount(pluginId);
    const document = await mount?.routes?.document();
    if (document) {
      return { ...document, servers: [{ url: await externalUrlOf(mount!) }] };
    }
    throw whyNot(pluginId, this.#options.host.getPlugin(pluginId));
  }

  /**
   * One document of all plugins, those in other processes included. Names those that cannot be had.
   *
   * @param authorization - the header of the caller, with which other processes are asked
   */
  async ofAll(authorization: string | undefined): Promise<JsonObject> {
    const { host, topology } = this.#options;
    const local = host.getPlugins().map(({ pluginId }) => this.#localShare(pluginId));
    const remote = topology.getPluginIds().map((pluginId) => this.#remoteShare(pluginId, authorization));
    const shares = await Promise.all([...local, ...remote]);
    return mergeDocuments({
      baseUrl: await this.#baseUrl(),
      documents: shares.filter((share) => share !== undefined && 'document' in share),
      unavailable: shares.filter((share) => share !== undefined && 'reason' in share),
    });
  }

  async #localShare(pluginId: string): Promise<Share> {
    try {
      return { pluginId, document: await this.ofPlugin(pluginId) };
    } catch {
      const phase = this.#options.host.getPlugin(pluginId)?.phase;
      return phase === 'ready' && !this.hasContract(pluginId)
        ? undefined
        : { pluginId, reason: phase === 'failed' ? 'failed to start' : 'is not up' };
    }
  }

  async #remoteShare(pluginId: string, authorization: string | undefined): Promise<Share> {
    const { remote, topology } = this.#options;
    const location = topology.locate(pluginId);
    if (location?.type !== 'remote') {
      return undefined;
    }
    const baseUrls = await baseUrlsOf(location);
    const answer = await remote.fetch({ pluginId, baseUrls, authorization });
    switch (answer.type) {
      case 'document':
        return { pluginId, document: answer.document };
      case 'none':
        return undefined;
      case 'unavailable':
        return { pluginId, reason: answer.reason };
    }
  }

  /** What is above `/api` for the plugins of this process. */
  async #baseUrl(): Promise<string> {
    const { host, server, baseUrl } = this.#options;
    for (const { pluginId } of host.getPlugins()) {
      const mount = server.getMount(pluginId);
      const url = mount && (await externalUrlOf(mount));
      if (url?.endsWith(`/api/${pluginId}`) && url.startsWith('http')) {
        return url.slice(0, -`/api/${pluginId}`.length);
      }
    }
    return baseUrl;
  }
}

/** Where a plugin may be asked; nowhere while the DNS does not tell. */
async function baseUrlsOf({ resolve, baseUrls }: RemoteLocation): Promise<readonly string[]> {
  try {
    return (await resolve?.()) ?? baseUrls;
  } catch {
    return [];
  }
}

async function externalUrlOf(mount: PluginMount): Promise<string> {
  return (await mount.getExternalBaseUrl?.()) ?? `/api/${mount.pluginId}`;
}

function whyNot(pluginId: string, state: PluginState | undefined): Error {
  switch (state?.phase) {
    case 'waiting':
    case 'starting':
      return pluginStarting(pluginId);
    case 'failed':
      return pluginFailed(pluginId, undefined);
    case 'stopping':
    case 'stopped':
      return shuttingDown();
    default:
      return noContract(pluginId);
  }
}
