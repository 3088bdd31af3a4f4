// The host of this repository with its samples, as packages/backend has it.
await import('../../../packages/backend/dist/index.js');
console.log('ready');
