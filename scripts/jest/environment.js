import { TestEnvironment } from 'jest-environment-node';

// Jest's support for ES modules rests on `node:vm` modules, for which Node.js warns once per worker.
// Nothing else is silenced.
const emitWarning = process.emitWarning;
process.emitWarning = (warning, ...rest) => {
  if (!String(warning).startsWith('VM Modules is an experimental feature')) emitWarning.call(process, warning, ...rest);
};

export default TestEnvironment;
