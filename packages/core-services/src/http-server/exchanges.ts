import type { IncomingMessage, ServerResponse } from 'node:http';
// The global one is behind a getter, which each request would pay for.
import { performance } from 'node:perf_hooks';
import type { AccessLogService } from './access-log.ts';
import { Exchange, type ExchangeContext } from './exchange.ts';
import { toLoggedTarget } from './logged-target.ts';
import { recordDuration } from './request-metrics.ts';
import { RequestsUnderWay } from './requests-under-way.ts';
import { ServedRequest } from './served-request.ts';

/** What is logged, as nginx has it, when the connection closed before the response was complete. */
const CUT_OFF = 499;

/** Begins the exchanges of a server, and records each once it is over. */
export class Exchanges {
  /** Those that are not over. */
  readonly underWay = new RequestsUnderWay((exchange) => this.end(exchange));
  readonly #context: ExchangeContext;
  readonly #accessLog: AccessLogService;

  constructor(context: ExchangeContext, accessLog: AccessLogService) {
    this.#context = context;
    this.#accessLog = accessLog;
  }

  begin(request: IncomingMessage, response: ServerResponse): Exchange {
    const exchange = new Exchange(request, response, this.#context);
    this.underWay.begin(exchange);
    response.on('close', () => this.end(exchange));
    ServedRequest.serve(request, response);
    return exchange;
  }

  /** @param status - what the client was told, where that was not by the response */
  end(exchange: Exchange, status = statusOf(exchange.response)): void {
    if (exchange.isOver) {
      return;
    }
    exchange.isOver = true;
    exchange.wasCutOff = status === CUT_OFF;
    this.underWay.end(exchange);
    if (exchange.wasCutOff) {
      exchange.work?.abandon();
    }
    exchange.work = undefined;
    const { method, target, requestId, pluginId, upstream, startedAt } = exchange;
    const duration = performance.now() - startedAt;
    recordDuration(duration / 1_000, { method, status, pluginId });
    this.#accessLog.record({
      method,
      url: toLoggedTarget(target),
      status,
      duration: Math.round(duration * 1_000) / 1_000,
      bytes: bytesOf(exchange),
      requestId,
      pluginId,
      upstream,
    });
  }
}

function bytesOf({ socket, sentBefore, sentUntil }: Exchange): number {
  return (sentUntil ?? socket.bytesWritten) - sentBefore;
}

function statusOf(response: ServerResponse): number {
  return response.writableFinished ? response.statusCode : CUT_OFF;
}
