import type { ServerView } from './cluster-folder.ts';

/** Names the socket file; nothing listens on the network. */
export const port = 5432;

/** Nothing of ours is inherited: it may hold secrets, and libpq and PostgreSQL read variables of their own. */
export const childEnvironment = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

/** Names the folder in the postmaster's command line, whatever path the server itself sees. A placeholder setting. */
export const folderMark = (folder: string): string => `holdfast.folder=${folder}`;

const defaults: Readonly<Record<string, string>> = {
  cluster_name: 'holdfast',
  max_connections: '100',
  shared_buffers: '64MB',
  // Files in the cluster: a container's /dev/shm may be tiny, and systemd empties it when an ordinary user logs out.
  dynamic_shared_memory_type: 'mmap',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // The log gets the error, never the statement or the values of the row that caused it: they may hold secrets.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface ServerArguments {
  readonly folder: string;
  readonly view: ServerView;
  /** As the server sees it. */
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** `settings` may change any default, but neither where the server listens nor where it logs. */
export const serverArguments = ({ folder, view, socketFolder, settings }: ServerArguments): string[] => {
  const invariants = {
    port: String(port),
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    log_destination: 'stderr',
    logging_collector: 'off',
  };
  const all = Object.entries({ ...defaults, ...settings, ...invariants }).map(([name, value]) => `${name}=${value}`);
  return ['-D', `${view.serverFolder}/data`, ...[folderMark(folder), ...all].flatMap((setting) => ['-c', setting])];
};
