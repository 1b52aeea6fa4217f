import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Bootstrap } from './bootstrap.ts';
import { filesWith } from './files-with.ts';
import type { Exchange } from './recorder.ts';

export interface Traces {
  /** Holds every log. */
  readonly folder: string;
  /** Holds the database, which has stopped. */
  readonly data: string;
  /** The command lines of everything that ran. */
  readonly commands: readonly string[];
  readonly bootstrap: Bootstrap;
  readonly exchanges: readonly Exchange[];
}

/** Everything that was secret in a run stands in no log, command line, address or refusal, and not in the database. */
export const expectNoSecrets = (traces: Traces): void => {
  const { folder, data, commands, exchanges } = traces;
  const secrets = secretsOf(traces);
  const places = [
    ...logsBelow(folder),
    ...commands.map((text) => ({ place: 'a command line', text })),
    ...exchanges.filter(isOurs).map(({ method, path }) => ({ place: `the address of a ${method}`, text: path })),
    ...exchanges
      .filter(({ status }) => status >= 400)
      .map(({ method, path, body }) => ({ place: `the refusal of ${method} ${path}`, text: body })),
  ];
  const told = places.filter(({ text }) => secrets.some((secret) => text.includes(secret)));
  expect(told.map(({ place }) => place)).toEqual([]);
  expect(filesWith(join(data, 'postgres'), secrets)).toEqual([]);
};

/** A provider's code comes back in the browser's address, as every code flow has it (RFC 6749 section 4.1.2), and counts once. */
const isOurs = ({ path }: Exchange): boolean => !path.startsWith('/federated/callback/');

/** Those of our programs: what az writes down about itself is its own affair. */
const logsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log') && !name.startsWith('az-'))
    .map((name) => ({ place: name, text: readFileSync(join(folder, name), 'utf8') }));

/** The passwords of the first start, and whatever passed on the wire as a credential or a token. */
const secretsOf = ({ bootstrap, exchanges }: Traces): readonly string[] => {
  const passed = exchanges.flatMap((exchange) => [
    ...headersOf(exchange),
    ...formOf(exchange),
    ...jsonIn(exchange.requestBody),
    ...jsonIn(exchange.body),
  ]);
  const secrets = new Set([bootstrap.admin.password, bootstrap.automation.clientSecret, ...passed]);
  // What is shorter is a test's made-up value, and may stand anywhere by chance.
  return [...secrets].filter((secret) => secret.length >= 16);
};

const headersOf = ({ requestHeaders, headers }: Exchange): string[] => [
  /^Bearer (\S+)$/.exec(requestHeaders.authorization ?? '')?.[1] ?? '',
  ...(headers['set-cookie'] ?? []).map((cookie) => /^[^=]+=([^;]*)/.exec(cookie)?.[1] ?? ''),
  /[?&#]code=([^&]+)/.exec(headers.location ?? '')?.[1] ?? '',
];

const formFields = [
  'client_secret',
  'client_assertion',
  'code',
  'code_verifier',
  'device_code',
  'new_password',
  'password',
  'refresh_token',
];

const formOf = ({ requestHeaders, requestBody }: Exchange): string[] => {
  if (!requestHeaders['content-type']?.startsWith('application/x-www-form-urlencoded')) return [];
  const form = new URLSearchParams(requestBody);
  return formFields.flatMap((name) => form.getAll(name));
};

/** An id token is none: clients hand it back in the address of the sign-out (OpenID RP-Initiated Logout 1.0, section 2). */
const jsonIn = (body: string): string[] =>
  [...body.matchAll(/"(?:access_token|accessToken|refresh_token|device_code|secretText|password)":\s*"([^"]+)"/g)].map(
    ([, secret = '']) => secret,
  );
