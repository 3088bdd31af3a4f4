import { describe, expect, it } from '@jest/globals';
import { readAutocannon, readWrk, reportOf, type Counted } from './load.ts';

const WRK = `Running 1s test @ http://127.0.0.1:4555/
  1 threads and 20 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     0.99ms    3.19ms  40.75ms   96.50%
Requests/sec:  50052.83
{"requests":50000,"microseconds":2000000,"p50":285,"p99":20269,"brokenOff":0,"failed":0}
`;

const counted: Counted = { answered: 100, perSecond: 50, latency: { p50: 1, p99: 2 }, failed: 0, brokenOff: 0 };

describe('load', () => {
  it('reads what wrk has counted', () => {
    const latency = { p50: 0.285, p99: 20.269 };
    expect(readWrk(WRK)).toEqual({ answered: 50_000, perSecond: 25_000, latency, failed: 0, brokenOff: 0 });
  });

  it('says what wrk has printed instead', () => {
    expect(() => readWrk('unable to connect to 127.0.0.1:1 Connection refused\n')).toThrow('Connection refused');
  });

  it('reads what autocannon has counted', () => {
    const report = {
      requests: { average: 50 },
      latency: { p50: 1, p99: 2 },
      ...{ '2xx': 90, '3xx': 4, '4xx': 3, '5xx': 2 },
      errors: 1,
    };
    expect(readAutocannon(JSON.stringify(report))).toEqual({ ...counted, answered: 99, failed: 5, brokenOff: 1 });
  });

  it('tells the rate for each second of processor time', () => {
    expect(reportOf('/', counted, 0.5)).toEqual({ perSecond: 50, latency: { p50: 1, p99: 2 }, perCpuSecond: 200 });
  });

  it.each([{ failed: 1 }, { brokenOff: 1 }, { answered: 0 }])('fails when requests do: %j', (difference) => {
    expect(() => reportOf('/items', { ...counted, ...difference }, 1)).toThrow('/items');
  });
});
