/**
 * Command line arguments with the server's settings: on the command line and not in `postgresql.conf`, so that a new
 * version of the host brings its own.
 */
export function serverSettings(durable: boolean): string[] {
  const settings = { ...COMMON, ...(durable ? {} : THROW_AWAY) };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const COMMON: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // No socket files: their paths may not be longer than 107 bytes, and project folders are.
  unix_socket_directories: '',
  // Ten hosts with a full pool each.
  max_connections: '220',
  shared_buffers: '64MB',
  // In the cluster, and gone with it; /dev/shm is small in many containers.
  dynamic_shared_memory_type: 'mmap',
  // Reads by worker processes serve disks that a laptop does not have.
  io_method: 'sync',
  // Statements of plugins are short; compiling one takes longer than running it.
  jit: 'off',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // A host that was killed does not keep its locks until its statement ends.
  client_connection_check_interval: '2s',
  tcp_keepalives_idle: '60',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %q%d ',
};

/** For tests: what is lost with the machine was not wanted anyway. */
const THROW_AWAY: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_init_zero: 'off',
  autovacuum: 'off',
  // A pool for each worker of a test run on a large machine.
  max_connections: '1000',
};
