import { isIP } from 'node:net';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { locationOf } from '@holdfast/arm';
import { parseCidr } from '@holdfast/directory';
import { days, ok, seconds } from '@holdfast/kernel';
import { ConfigError } from './config-error.ts';
import { readConfigFile } from './config-file.ts';
import { type SettingDescription, settingDescriptions } from './settings.ts';

/** The control plane's settings, checked. Paths are absolute, durations milliseconds. */
export interface Config {
  readonly data: string;
  readonly port: number;
  readonly listen: string;
  readonly origin: string;
  readonly hosts: readonly string[];
  /** Networks of the proxies whose word on a sender's address counts, in CIDR notation. */
  readonly trustedProxies: readonly string[];
  /** The administrator's own certificate and key files. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly postgresBinaries: string | undefined;
  readonly masterKeyFile: string;
  readonly locations: readonly string[];
  readonly disconnectedAfter: number;
  readonly heartbeatInterval: number;
  readonly signInRetention: number;
  readonly log: string;
  readonly logLevel: string;
}

export interface ConfigSources {
  /** By setting key, as the command line gave them. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly configFile: string | undefined;
}

/** The command line wins over the environment, which wins over the config file. */
export const readConfig = (sources: ConfigSources): Config => {
  const configFile = sources.configFile ?? sources.environment['HOLDFAST_CONFIG'];
  const file = configFile === undefined ? {} : readConfigFile(configFile);
  const given = new Map(settingDescriptions.map((each) => [each.key as string, find(each, sources, file)]));
  return assemble((key) => given.get(key));
};

const find = (
  setting: SettingDescription,
  sources: ConfigSources,
  file: Readonly<Record<string, unknown>>,
): string | undefined => {
  const candidates: readonly (readonly [where: string, value: unknown])[] = [
    [setting.flag, sources.flags[setting.key]],
    [setting.environment, sources.environment[setting.environment]],
    [`'${setting.key}' in the config file`, file[setting.key]],
  ];
  for (const [where, value] of candidates) {
    if (value === undefined || value === null || value === '') continue;
    const text = Array.isArray(value) ? value.join(',') : String(value);
    check(setting, where, text);
    return text;
  }
  return undefined;
};

const check = (setting: SettingDescription, where: string, value: string): void => {
  const isWhole = /^\d{1,9}$/.test(value) && Number(value) > 0;
  if ((setting.kind === 'integer' || setting.kind === 'seconds') && !isWhole) {
    throw new ConfigError(`${where} must be a whole number above 0, not '${value}'`);
  }
};

const assemble = (value: (key: string) => string | undefined): Config => {
  const data = resolve(value('data') ?? defaultDataFolder());
  const port = Number(value('port') ?? 8443);
  if (port > 65_535) throw new ConfigError(`--port must be at most 65535, not ${port}`);
  return {
    data,
    port,
    listen: value('listen') ?? 'localhost',
    origin: originFrom(value('origin') ?? `https://localhost:${port}`),
    hosts: list(value('hosts')),
    trustedProxies: list(value('trustedProxies')).map(networkFrom),
    tls: tlsFrom(value('tlsCertificate'), value('tlsKey')),
    databaseUrl: databaseUrlFrom(value('databaseUrl')),
    databasePool: Number(value('databasePool') ?? 10),
    postgresBinaries: value('postgresBinaries'),
    masterKeyFile: resolve(value('masterKeyFile') ?? join(data, 'secrets', 'master.key')),
    locations: list(value('locations') ?? 'local').map(locationOf),
    disconnectedAfter: seconds(Number(value('disconnectedAfter') ?? 900)),
    heartbeatInterval: seconds(Number(value('heartbeatInterval') ?? 300)),
    signInRetention: days(Number(value('signInRetention') ?? 90)),
    log: value('log') ?? join(data, 'holdfast.log'),
    logLevel: levelFrom(value('logLevel') ?? 'info'),
  };
};

const defaultDataFolder = (): string => (userInfo().uid === 0 ? '/var/lib/holdfast' : '.holdfast');

const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const networkFrom = (text: string): string => {
  const network = isIP(text) === 0 ? parseCidr(text) : ok(text);
  if (network.ok) return text;
  throw new ConfigError(
    `--trusted-proxies must be addresses or networks, such as 10.0.0.5 or 10.0.0.0/24, not '${text}'`,
  );
};

const originFrom = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.username === '') return url.origin;
  throw new ConfigError(
    `--origin must be an https URL without a path, such as https://holdfast.example:8443, not '${text}'`,
  );
};

const tlsFrom = (certificate: string | undefined, key: string | undefined): Config['tls'] => {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate !== undefined && key !== undefined) return { certificate: resolve(certificate), key: resolve(key) };
  throw new ConfigError('--tls-certificate and --tls-key go together: give both or neither');
};

const databaseUrlFrom = (text: string | undefined): string | undefined => {
  if (text === undefined || /^postgres(ql)?:\/\//.test(text)) return text;
  throw new ConfigError('--database-url must be a postgres:// URL');
};

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'];

const levelFrom = (text: string): string => {
  if (levels.includes(text)) return text;
  throw new ConfigError(`--log-level must be one of ${levels.join(', ')}, not '${text}'`);
};
