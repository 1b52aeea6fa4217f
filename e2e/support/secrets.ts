import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bootstrap } from './bootstrap.ts';
import type { Exchange } from './recorder.ts';

export interface Traces {
  /** Holds every log. */
  readonly folder: string;
  /** The command lines of everything that ran. */
  readonly commands: readonly string[];
  readonly bootstrap: Bootstrap;
  readonly exchanges: readonly Exchange[];
}

/** Everything that was secret in a run stands in no log and in no command line. */
export const expectNoSecrets = (traces: Traces): void => {
  const secrets = secretsOf(traces);
  const commands = traces.commands.map((text) => ({ place: 'a command line', text }));
  const places = [...logsBelow(traces.folder), ...commands];
  const told = places.filter(({ text }) => secrets.some((secret) => text.includes(secret)));
  expect(told.map(({ place }) => place)).toEqual([]);
};

const logsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .map((name) => ({ place: name, text: readFileSync(join(folder, name), 'utf8') }));

/** The passwords of the first start, and whatever passed on the wire as a credential or a token. */
const secretsOf = ({ bootstrap, exchanges }: Traces): readonly string[] => {
  const passed = exchanges.flatMap((exchange) => [...credentialsIn(exchange), ...tokensIn(exchange)]);
  const secrets = new Set([bootstrap.admin.password, bootstrap.automation.clientSecret, ...passed]);
  // What is shorter is a test's made-up value, and may stand anywhere by chance.
  return [...secrets].filter((secret) => secret.length >= 16);
};

const credentialsIn = ({ path, requestHeaders, requestBody }: Exchange): string[] => {
  const bearer = /^Bearer (\S+)$/.exec(requestHeaders.authorization ?? '')?.[1] ?? [];
  if (!path.includes('/oauth2/')) return [bearer].flat();
  const form = new URLSearchParams(requestBody);
  return [bearer, form.getAll('client_secret'), form.getAll('client_assertion')].flat();
};

const tokensIn = ({ body }: Exchange): string[] =>
  [...body.matchAll(/"(?:access_token|accessToken)":"([^"]+)"/g)].map(([, token = '']) => token);
