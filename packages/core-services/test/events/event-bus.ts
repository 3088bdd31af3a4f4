import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response, type Router } from 'express';

interface StoredEvent {
  readonly sequence: number;
  readonly topic: string;
  readonly payload: unknown;
  readonly notifiedSubscribers: readonly string[];
}

interface StoredSubscription {
  topics: readonly string[];
  readUntil: number;
}

/** A request that the bus has got. */
export interface BusRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

const MAX_BATCH_SIZE = 10;

/**
 * The bus of the plugin `events` as Backstage publishes it (0.5), on one table of events: what it answers, and when. Where
 * it runs, and in how many processes, is for the test to say.
 */
export class EventBus {
  readonly requests: BusRequest[] = [];
  readonly subscriptions = new Map<string, StoredSubscription>();
  /** Responses that are held back until there may be events. */
  readonly held = new Set<{
    readonly topics: readonly string[];
    readonly response: Response;
    readonly end: () => void;
  }>();
  /** Takes requests in place of the bus if it returns `true`. */
  intercept: (request: Request, response: Response) => boolean = () => false;
  readonly #notifyTimeout: number;
  readonly #events: StoredEvent[] = [];
  #sequence = 0;
  #changed: (() => void)[] = [];

  constructor(notifyTimeout = 55_000) {
    this.#notifyTimeout = notifyTimeout;
  }

  /** What serves it, below `/api/events`. */
  createRouter(): Router {
    const router = express.Router();
    router.use(express.json());
    router.use((request, response, next) => {
      const { method, path, headers } = request;
      this.requests.push({ method, path, authorization: headers.authorization, body: request.body as unknown });
      this.#change();
      if (!this.intercept(request, response)) next();
    });
    router.post('/bus/v1/events', (request, response) => this.#publish(request, response));
    router.put('/bus/v1/subscriptions/:id', (request, response) => this.#subscribe(request, response));
    router.get('/bus/v1/subscriptions/:id/events', (request, response) => this.#read(request, response));
    return router;
  }

  /** Waits until something holds, which is looked at whenever the bus gets a request or answers one. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** Loses everything, as a process does that keeps it in memory. */
  forget(): void {
    this.subscriptions.clear();
    this.#events.length = 0;
    for (const { end } of this.held) end();
  }

  #publish({ body }: Request, response: Response): void {
    const { event, notifiedSubscribers = [] } = body as {
      readonly event: { readonly topic: string; readonly payload: unknown };
      readonly notifiedSubscribers?: string[];
    };
    const isWanted = [...this.subscriptions].some(
      ([id, { topics }]) => topics.includes(event.topic) && !notifiedSubscribers.includes(id),
    );
    if (isWanted) {
      this.#events.push({ ...event, notifiedSubscribers, sequence: ++this.#sequence });
      for (const { topics, end } of this.held) {
        if (topics.includes(event.topic)) end();
      }
    }
    response.status(isWanted ? 201 : 204).end();
    this.#change();
  }

  #subscribe({ params, body }: Request, response: Response): void {
    const { topics } = body as { readonly topics: string[] };
    const known = this.subscriptions.get(params.id as string);
    if (known) known.topics = topics;
    else this.subscriptions.set(params.id as string, { topics, readUntil: this.#sequence });
    response.status(201).end();
    this.#change();
  }

  #read({ params }: Request, response: Response): void {
    const id = params.id as string;
    const subscription = this.subscriptions.get(id);
    if (!subscription) {
      const error = { name: 'NotFoundError', message: `Subscription with ID '${id}' not found` };
      response.status(404).json({ error, response: { statusCode: 404 } });
      return;
    }
    const events = this.#events
      .filter(({ sequence, topic, notifiedSubscribers }) => {
        const isNew = sequence > subscription.readUntil && subscription.topics.includes(topic);
        return isNew && !notifiedSubscribers.includes(id);
      })
      .slice(0, MAX_BATCH_SIZE);
    subscription.readUntil = events.at(-1)?.sequence ?? this.#sequence;
    if (events.length > 0) {
      response.json({ events: events.map(({ topic, payload }) => ({ topic, payload })) });
    } else {
      this.#hold(subscription.topics, response);
    }
    this.#change();
  }

  #hold(topics: readonly string[], response: Response): void {
    response.setHeader('backstage-events-notify-timeout', String(this.#notifyTimeout));
    response.status(202);
    response.flushHeaders();
    const timer = setTimeout(() => held.end(), this.#notifyTimeout).unref();
    const held = { topics, response, end: () => void response.end() };
    this.held.add(held);
    response.once('close', () => {
      clearTimeout(timer);
      this.held.delete(held);
      this.#change();
    });
  }

  #change(): void {
    for (const resolve of this.#changed.splice(0)) resolve();
  }
}

/** A bus that listens. */
export interface ListeningEventBus extends AsyncDisposable {
  /** Of the plugin `events`. */
  readonly baseUrl: string;
  readonly server: Server;
}

/** Makes a bus listen on a port, that of an earlier one if one is given. */
export async function listenForEvents(bus: EventBus, port = 0): Promise<ListeningEventBus> {
  const server = createServer(express().use('/api/events', bus.createRouter()));
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`,
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
