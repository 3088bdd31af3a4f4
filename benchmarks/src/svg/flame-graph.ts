import type { Frame } from '../profile/cpu-profile.ts';
import { element, Markup, renderPicture } from './element.ts';

const WIDTH = 1400;
const MARGIN = 12;
const TOP = 64;
const ROW = 18;
const CHARACTER = 6.7;

/** What took less of the whole is not shown: it would be narrower than it takes to be seen. */
const SMALLEST_PART = 0.0007;

/** Whose code is at work, and where its colour is explained. */
const ORIGINS = {
  bulkhead: { text: 'Bulkhead', x: 0 },
  library: { text: 'libraries', x: 100 },
  node: { text: 'Node.js', x: 190 },
  other: { text: 'the host program', x: 280 },
  native: { text: 'native code and garbage collection', x: 420 },
} as const;

const STYLE = `
text { font: 11px ui-monospace, 'DejaVu Sans Mono', monospace; fill: #1c2128; pointer-events: none; }
.title { font: 600 16px system-ui, sans-serif; }
.legend { font: 12px system-ui, sans-serif; }
.card { fill: #ffffff; }
rect { stroke: #ffffff; stroke-width: 0.6; }
.bulkhead { fill: #7fb3f5; } .library { fill: #f3c677; } .node { fill: #a9d8a0; } .native { fill: #e9a6a1; } .other { fill: #c9c2e8; }
.found rect { fill: #d6409f; }
@media (prefers-color-scheme: dark) {
  .card { fill: #0d1117; }
  rect { stroke: #0d1117; }
  .title, .legend { fill: #e6edf3; }
}
`;

/** Opened on its own, a click marks a function wherever it was called, and "/" asks for a text to look for. */
const SCRIPT = `
const frames = [...document.querySelectorAll('g')];
const titleOf = (frame) => frame.querySelector('title').textContent;
function mark(isFound, what) {
  let part = 0;
  const within = (frame) => ends.some(([depth, from, to]) => depth < frame.depth && from <= frame.from && to >= frame.to);
  const ends = [];
  for (const group of frames) {
    const found = isFound(titleOf(group));
    group.classList.toggle('found', found);
    const rect = group.querySelector('rect');
    const from = +rect.getAttribute('x');
    const frame = { depth: +rect.getAttribute('y'), from, to: from + +rect.getAttribute('width') };
    if (!found || within(frame)) continue;
    part += (frame.to - frame.from) / ${WIDTH - 2 * MARGIN};
    ends.push([frame.depth, frame.from, frame.to]);
  }
  document.getElementById('found').textContent = what ? what + ': ' + (part * 100).toFixed(1) + ' %' : '';
}
document.addEventListener('click', ({ target }) => {
  const name = target.closest('g') && titleOf(target.closest('g')).split('\\n')[0];
  mark((title) => title.split('\\n')[0] === name, name);
});
document.addEventListener('keydown', ({ key }) => {
  if (key !== '/') return;
  const text = prompt('Mark functions and files with');
  mark((title) => Boolean(text) && title.toLowerCase().includes(text.toLowerCase()), text);
});
`;

/** A profile from the top down: who is called below the caller, as wide as the time that it took. */
export function renderFlameGraph(title: string, root: Frame): string {
  const content: Markup[] = [];
  const scale = (WIDTH - 2 * MARGIN) / root.total;
  let depth = 0;
  const draw = (frame: Frame, x: number, level: number): void => {
    depth = Math.max(depth, level);
    content.push(box(frame, { x, y: TOP + level * ROW, width: frame.total * scale, root }));
    let at = x;
    for (const callee of frame.callees) {
      if (callee.total / root.total >= SMALLEST_PART) draw(callee, at, level + 1);
      at += callee.total * scale;
    }
  };
  draw(root, MARGIN, 0);
  const height = TOP + (depth + 1) * ROW + MARGIN;
  return renderPicture({
    width: WIDTH,
    height,
    title: `Flame graph: ${title}`,
    description: `Where ${root.total.toFixed(0)} ms of processor time went, callers above what they called.`,
    style: STYLE,
    content: [
      element('rect', { class: 'card', width: WIDTH, height }),
      element('text', { class: 'title', x: MARGIN, y: 26 }, `${title}: ${root.total.toFixed(0)} ms at work`),
      element('text', { class: 'legend', id: 'found', x: WIDTH - MARGIN, y: 26, 'text-anchor': 'end' }, ''),
      ...legend(),
      ...content,
      element('script', {}, new Markup(`<![CDATA[${SCRIPT}]]>`)),
    ],
  });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly root: Frame;
}

function box({ name, place, self, total }: Frame, { x, y, width, root }: Box): Markup {
  const part = (time: number): string => `${time.toFixed(1)} ms, ${((time * 100) / root.total).toFixed(1)} %`;
  const characters = Math.floor((width - 4) / CHARACTER);
  const shown = name.length <= characters ? name : `${name.slice(0, Math.max(0, characters - 1))}…`;
  return element(
    'g',
    {},
    element('title', {}, `${[name, place].filter(Boolean).join('\n')}\n${part(total)}, itself ${part(self)}`),
    element('rect', { class: originOf(place), x, y, width, height: ROW - 1, rx: 1 }),
    ...(characters >= 3 ? [element('text', { x: x + 3, y: y + 12.5 }, shown)] : []),
  );
}

function legend(): Markup[] {
  return Object.entries(ORIGINS).flatMap(([origin, { text, x }]) => [
    element('rect', { class: origin, x: MARGIN + x, y: 38, width: 12, height: 12 }),
    element('text', { class: 'legend', x: MARGIN + x + 17, y: 48 }, text),
  ]);
}

function originOf(place: string): keyof typeof ORIGINS {
  if (place === '') return 'native';
  if (place.startsWith('node:')) return 'node';
  if (place.includes('/node_modules/')) return 'library';
  return /\/(packages|plugins)\//.test(place) ? 'bulkhead' : 'other';
}
