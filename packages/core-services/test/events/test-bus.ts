import { afterEach, beforeEach } from '@jest/globals';
import type { EventParams, EventsService } from '@bulkhead/backend-plugin-api';
import { EventBus, listenForEvents, type ListeningEventBus } from './event-bus.ts';
import { EventProcess, type EventProcessOptions } from './event-process.ts';

/** A bus that listens for each test, and processes that use it. */
export interface TestBus {
  readonly bus: EventBus;
  startProcess(options?: EventProcessOptions): EventProcess;
  /** Subscribes, and waits until the bus holds a response back for it: whatever comes from now on is told at once. */
  subscribe(
    service: EventsService,
    id: string,
    onEvent: (event: EventParams) => unknown,
    topics?: readonly string[],
  ): Promise<void>;
  stopProcesses(): Promise<void>;
  /** Takes the bus down, and with it its connections. @returns what brings it up again */
  takeDown(): Promise<() => Promise<void>>;
  /** Puts another in the place of the bus. */
  replaceBus(bus: EventBus): Promise<void>;
}

/** Makes one for each test of the file. */
export function testBus(): TestBus {
  let bus: EventBus;
  let listening: ListeningEventBus;
  let processes: EventProcess[] = [];
  const listen = async (port = 0): Promise<void> => void (listening = await listenForEvents(bus, port));
  const stopProcesses = async (): Promise<void> => void (await Promise.all(processes.map((process) => process.stop())));

  beforeEach(async () => {
    bus = new EventBus();
    processes = [];
    await listen();
  });

  afterEach(async () => {
    await stopProcesses();
    await listening[Symbol.asyncDispose]();
  });

  return {
    get bus() {
      return bus;
    },
    startProcess(options) {
      const process = new EventProcess(listening.baseUrl, options);
      processes.push(process);
      return process;
    },
    async subscribe(service, id, onEvent, topics = ['made']) {
      const count = bus.held.size;
      await service.subscribe({ id, topics, onEvent: async (event) => void (await onEvent(event)) });
      await bus.until(() => bus.held.size > count);
    },
    stopProcesses,
    async takeDown() {
      const port = Number(new URL(listening.baseUrl).port);
      await listening[Symbol.asyncDispose]();
      return () => listen(port);
    },
    async replaceBus(other) {
      await listening[Symbol.asyncDispose]();
      bus = other;
      await listen();
    },
  };
}
