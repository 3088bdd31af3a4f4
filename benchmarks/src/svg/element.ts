/** Values of attributes; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with its attributes, and elements or text (escaped) inside. */
export function element(name: string, attributes: Attributes, ...content: readonly (Markup | string)[]): Markup {
  const shown = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(typeof value === 'number' ? rounded(value) : (value ?? ''))}"`)
    .join('');
  if (content.length === 0) return new Markup(`<${name}${shown}/>`);
  const inside = content.map((part) => (part instanceof Markup ? part.text : escape(part))).join('');
  return new Markup(`<${name}${shown}>${inside}</${name}>`);
}

/** Text that is markup already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a picture is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Read out in place of the picture, and shown by browsers that point at it. */
  readonly title: string;
  readonly description: string;
  readonly style: string;
  readonly content: readonly Markup[];
}

/** A picture as a file of its own, which tells readers of the screen what it shows. */
export function renderPicture({ width, height, title, description, style, content }: Picture): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': 'title description',
  };
  const parts = [
    element('title', { id: 'title' }, title),
    element('desc', { id: 'description' }, description),
    element('style', {}, style),
    ...content,
  ];
  return `${element('svg', attributes, ...parts.flatMap((part) => ['\n', part]), '\n').text}\n`;
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escape(text: string): string {
  // XML has no place at all for what is neither a character nor a line break.
  return text.replace(/[^\P{C}\n]/gu, '').replace(/[&<>"]/g, (found) => ESCAPED[found] ?? '');
}

/** Pictures are compared in reviews: tenths of a pixel are enough, and are the same everywhere. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
