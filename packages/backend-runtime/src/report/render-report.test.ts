import { describe, expect, it } from '@jest/globals';
import type { StartupReport } from '@bulkhead/backend-plugin-api';
import { BulkheadError } from '@bulkhead/errors';
import {
  renderReportAsJson,
  renderReportAsMermaid,
  renderReportAsText,
  reportToJson,
  summariseReport,
} from './render-report.ts';

const beginAt = new Date('2024-02-29T12:00:00.000Z');
const resultAt = new Date('2024-02-29T12:00:01.500Z');

const report: StartupReport = {
  beginAt,
  resultAt,
  outcome: 'success',
  plugins: [
    { pluginId: 'fast', resultAt, modules: [{ moduleId: 'm', resultAt }] },
    { pluginId: 'slow', resultAt, modules: [] },
    {
      pluginId: 'broken',
      resultAt,
      failure: { error: new BulkheadError('ERR_TEST', 'out of order'), allowed: true },
      modules: [{ moduleId: 'n', resultAt, failure: { error: new TypeError('no function'), allowed: true } }],
    },
  ],
  steps: [
    { type: 'service', id: 'root.log', startedAt: 0.4, duration: 2.34, waitedFor: [], outcome: 'success' },
    {
      type: 'service',
      id: 'log',
      pluginId: 'fast',
      startedAt: 3,
      duration: 0.2,
      waitedFor: ['root.log'],
      outcome: 'success',
    },
    { type: 'module', id: 'm', pluginId: 'fast', startedAt: 4, duration: 5, waitedFor: ['log'], outcome: 'success' },
    { type: 'plugin', id: 'fast', startedAt: 9, duration: 12.6, waitedFor: ['m'], outcome: 'success' },
    { type: 'plugin', id: 'slow', startedAt: 9, duration: 1400, waitedFor: [], outcome: 'success' },
    {
      type: 'plugin',
      id: 'broken',
      startedAt: 10,
      duration: 1,
      waitedFor: [],
      outcome: 'failure',
      reason: 'out of order',
    },
  ],
};

describe('a startup report', () => {
  it('is summarised in a line', () => {
    expect(summariseReport(report)).toBe(
      'The start took 1.5 s; 3 plugins; without broken; slowest: slow 1.4 s, fast 13 ms',
    );
    expect(summariseReport({ ...report, outcome: 'failure', plugins: report.plugins.slice(0, 1), steps: [] })).toBe(
      'The start failed after 1.5 s; 1 plugin',
    );
  });

  it('is rendered as a tree', () => {
    expect(renderReportAsText(report))
      .toBe(`The start took 1.5 s; 3 plugins; without broken; slowest: slow 1.4 s, fast 13 ms
├─ service root.log  2.3 ms
├─ plugin fast  13 ms  after m
│  ├─ service log  0.2 ms  after root.log
│  └─ module m  5.0 ms  after log
├─ plugin slow  1.4 s
└─ plugin broken  1.0 ms  FAILED: out of order
`);
  });

  it('is turned into plain data, errors included', () => {
    const json = reportToJson(report);
    expect(json).toMatchObject({
      beginAt: '2024-02-29T12:00:00.000Z',
      outcome: 'success',
      plugins: [
        { pluginId: 'fast', modules: [{ moduleId: 'm', resultAt: '2024-02-29T12:00:01.500Z' }] },
        { pluginId: 'slow' },
        {
          pluginId: 'broken',
          failure: { allowed: true, error: { name: 'BulkheadError', message: 'out of order', code: 'ERR_TEST' } },
          modules: [{ failure: { error: { name: 'TypeError', message: 'no function' } } }],
        },
      ],
    });
    expect(JSON.parse(renderReportAsJson(report))).toEqual(JSON.parse(JSON.stringify(json)));
  });

  it('is rendered as a Mermaid Gantt chart', () => {
    expect(renderReportAsMermaid(report)).toBe(`gantt
  title Start-up
  dateFormat x
  axisFormat %S.%L s
  section host
  service root.log : 0, 2
  section fast
  service log : 3, 4
  module m : 4, 9
  plugin fast : 9, 22
  section slow
  plugin slow : 9, 1409
  section broken
  plugin broken : crit, 10, 11
`);
  });
});
