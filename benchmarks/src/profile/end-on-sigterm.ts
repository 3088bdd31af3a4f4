/** Loaded before a host that is profiled: Node.js writes the profile when a process ends by itself, not by a signal. */
process.once('SIGTERM', () => process.exit());
