import { PassThrough } from 'node:stream';
import type { JsonObject } from '@bulkhead/types';
import { describeLoggerService, type LoggedLine } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader } from '@bulkhead/config';
import { createRootLoggerServiceFactory } from '../root-logger/index.ts';
import { loggerServiceFactory } from './logger-service-factory.ts';

describeLoggerService('loggerServiceFactory', async () => {
  const stream = new PassThrough();
  const config = new ConfigReader({ backend: { logger: { level: 'debug', format: 'json' } } });
  const rootLogger = await createRootLoggerServiceFactory({ stream }).factory({ config }, undefined);
  const lines: LoggedLine[] = [];
  return {
    service: await loggerServiceFactory.factory({ rootLogger, metadata: { getId: () => 'todo' } }, undefined),
    lines() {
      const written = String(stream.read() ?? '').split('\n');
      lines.push(...written.filter(Boolean).map((line) => toLine(JSON.parse(line) as JsonLine)));
      return lines;
    },
  };
});

function toLine({ level, message, plugin, error, ...meta }: JsonLine): LoggedLine {
  return { level, message, pluginId: plugin, error, meta };
}

/** What the test looks at. */
type JsonLine = JsonObject & {
  level: string;
  message: string;
  plugin?: string;
  error?: { name: string; message: string };
};
