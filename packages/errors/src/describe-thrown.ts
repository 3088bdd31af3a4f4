/** Longer ones are cut: they are for a message. */
const LONGEST = 200;

/**
 * A sentence about something that was thrown and is no error. Never throws itself, whatever it gets: an object without
 * a prototype, one that cannot be written as text, one that refers to itself.
 */
export function describeThrown(value: unknown): string {
  const text = toText(value);
  return `Something that is no error was thrown: ${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}`;
}

function toText(value: unknown): string {
  for (const convert of [JSON.stringify, String]) {
    try {
      const text: unknown = convert(value);
      if (typeof text === 'string') return text;
    } catch {
      // The next one may do.
    }
  }
  return `a value of the type ${typeof value}`;
}
