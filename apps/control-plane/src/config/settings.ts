/** How one setting is spelled everywhere it can be given, and what it means. */
export interface SettingDescription {
  /** In the config file; dashes in the flag. */
  readonly key: string;
  readonly flag: string;
  readonly environment: string;
  readonly kind: 'text' | 'integer' | 'seconds' | 'list';
  readonly help: string;
}

const setting = (key: string, kind: SettingDescription['kind'], help: string): SettingDescription => {
  const words = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { key, kind, help, flag: `--${words}`, environment: `HOLDFAST_${words.replaceAll('-', '_').toUpperCase()}` };
};

/** Every setting of the control plane. The command line, the environment, the config file and the docs follow it. */
export const settingDescriptions = [
  setting('data', 'text', 'folder for everything this server keeps'),
  setting('port', 'integer', 'TCP port of the HTTPS listener (8443)'),
  setting('listen', 'text', 'address to listen on: localhost, 0.0.0.0, :: or one address (localhost)'),
  setting('origin', 'text', 'public URL without a path, such as https://holdfast.example (https://localhost:PORT)'),
  setting('hosts', 'list', 'further DNS names and addresses for the TLS certificate, comma separated'),
  setting('trustedProxies', 'list', 'addresses or networks of your proxies, whose X-Forwarded-For is believed'),
  setting('tlsCertificate', 'text', 'PEM file with your own TLS certificate chain, instead of the private CA'),
  setting('tlsKey', 'text', 'PEM file with the key of --tls-certificate'),
  setting('databaseUrl', 'text', 'postgres:// URL of your own PostgreSQL 15 or later, instead of the embedded one'),
  setting('databasePool', 'integer', 'database connections of this process (10)'),
  setting('postgresBinaries', 'text', 'folder with bin/postgres of another PostgreSQL for the embedded server'),
  setting('masterKeyFile', 'text', 'file with the key that seals keys in the database (DATA/secrets/master.key)'),
  setting('locations', 'list', 'places that resource groups and machines can be in, comma separated (local)'),
  setting('disconnectedAfter', 'seconds', 'seconds without a heartbeat after which a machine is Disconnected (900)'),
  setting('heartbeatInterval', 'seconds', 'seconds between the heartbeats that agents are asked for (300)'),
  setting('signInRetention', 'integer', 'days that the sign-in log is kept (90)'),
  setting('log', 'text', 'where the log goes: stderr or a file (DATA/holdfast.log)'),
  setting('logLevel', 'text', 'fatal, error, warn, info, debug or trace (info)'),
] as const satisfies readonly SettingDescription[];
