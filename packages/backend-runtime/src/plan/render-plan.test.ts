import { describe, expect, it } from '@jest/globals';
import { renderPlanAsMermaid } from './render-plan-mermaid.ts';
import { renderPlanAsJson, renderPlanAsText } from './render-plan.ts';
import type { Plan, PlannedFeature } from './plan.ts';

const feature = (declaredPluginId: string, parts: Partial<PlannedFeature> = {}): PlannedFeature => ({
  position: 1,
  loaders: [],
  declaredPluginId,
  services: [],
  extensionPoints: [],
  ...parts,
});

const plan: Plan = {
  services: [
    { id: 'root.log', scope: 'root', multiton: false, initialization: 'always', origin: 'default', deps: [] },
    { id: 'probes', scope: 'root', multiton: true, initialization: 'lazy', origin: 'added', deps: ['root.log'] },
    { id: 'log', scope: 'plugin', multiton: false, initialization: 'lazy', origin: 'ref', deps: ['root.log'] },
  ],
  plugins: [
    {
      ...feature('s3', { services: ['log', 'probes'], extensionPoints: ['s3.buckets'] }),
      pluginId: 'minio',
      modules: [
        {
          ...feature('s3', { services: ['log'] }),
          moduleId: 'photos',
          uses: ['s3.buckets', 's3.tags'],
          after: [],
        },
        {
          ...feature('s3', { extensionPoints: ['s3.tags'] }),
          moduleId: 'tags',
          uses: [],
          after: ['photos'],
        },
      ],
    },
    { ...feature('bare', { loaders: ['loader created at /host.ts:1:1'] }), pluginId: 'bare', modules: [] },
  ],
  extensionPoints: [
    { id: 's3.buckets', pluginId: 'minio', usedBy: ['photos'] },
    { id: 's3.tags', pluginId: 'minio', moduleId: 'tags', usedBy: ['photos'] },
    { id: 's3."unused"', pluginId: 'minio', usedBy: [] },
  ],
  leftOut: [
    { pluginId: 'off', reason: 'disabled', problems: [] },
    {
      pluginId: 'minio',
      moduleId: 'bad',
      reason: 'failure',
      problems: [{ code: 'ERR_TEST', message: 'does not fit', ...{ cause: new Error('secret') } }],
    },
  ],
};

describe('a plan', () => {
  it('is rendered as text', () => {
    expect(renderPlanAsText(plan)).toBe(`Root services
  root.log (default, always)
  probes (added, lazy, one of several) <- root.log
Plugin services
  log (ref, lazy) <- root.log
Plugins
  minio (instance of s3)
    1. module photos <- log, s3.buckets, s3.tags
    2. module tags, after photos
    3. init <- log, probes
    extension point s3.buckets, used by photos
    extension point s3.tags of module tags, used by photos
    extension point s3."unused", used by nobody
  bare from the loader created at /host.ts:1:1
    1. init
Left out
  off: switched off in the configuration
  minio, module bad:
    does not fit [ERR_TEST]
`);
  });

  it('is rendered as JSON, without what was thrown', () => {
    const rendered = renderPlanAsJson(plan);
    expect(rendered).not.toContain('cause');
    expect(JSON.parse(rendered)).toEqual({
      ...plan,
      leftOut: [plan.leftOut[0], { ...plan.leftOut[1], problems: [{ code: 'ERR_TEST', message: 'does not fit' }] }],
    });
  });

  it('is rendered as a Mermaid flowchart', () => {
    expect(renderPlanAsMermaid(plan)).toBe(`flowchart LR
  n0[("root.log")]
  n1[("probes")]
  n1 --> n0
  n2("log")
  n2 --> n0
  subgraph n3 ["minio"]
    n4["plugin minio"]
    n5["module photos"]
    n6["module tags"]
    n7{{"s3.buckets"}}
    n8{{"s3.tags"}}
    n9{{"s3.#quot;unused#quot;"}}
  end
  n4 --> n2
  n4 --> n1
  n5 --> n2
  n5 -.-> n7
  n5 -.-> n8
  subgraph n10 ["bare"]
    n11["plugin bare"]
  end
  n7 -.-> n4
  n8 -.-> n6
  n9 -.-> n4
`);
  });
});
