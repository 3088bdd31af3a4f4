import { basename } from 'node:path';
import type { ConfigRule } from './config-rule.ts';

/** The file that is read everywhere, on machines of developers, too, who have few of its variables. */
const READ_EVERYWHERE = 'app-config.yaml';

/** A value that is one variable, and has nothing in its place. */
const VARIABLE = /^(["']?)\$\{(\w+)\}\1$/;

/**
 * Backstage leaves out a key whose variable is not set; this host refuses to start, unless the file says that the key may
 * be left out. What the host itself reads, and what only some deployments read, is better refused.
 */
export const variables: ConfigRule = ({ file }) => {
  if (basename(file.name) !== READ_EVERYWHERE) return;
  for (const { key } of file.entriesOf()) {
    if (key === 'backend') continue;
    file.rewriteValues([key], (text) => (VARIABLE.test(text) ? text.replace(VARIABLE, '$1${$2:-}$1') : text));
  }
};
