import { readFileSync } from 'node:fs';
import type { Agent } from './agent.ts';

export interface LocalToken {
  /** What the first answer asks for. */
  readonly challenge: string;
  readonly status: number;
  readonly token: string;
}

/** Asks a machine's own endpoint for a token as the Azure SDKs do, but takes challenge files from wherever they are. */
export const localToken = async (machine: Agent, resource: string): Promise<LocalToken> => {
  const query = new URLSearchParams({ 'api-version': '2020-06-01', resource });
  const url = `${await machine.metadataUrl()}/metadata/identity/oauth2/token?${query}`;
  const asked = await fetch(url, { headers: { metadata: 'true' } });
  const challenge = asked.headers.get('www-authenticate') ?? '';
  await asked.body?.cancel();
  const secret = readFileSync(challenge.replace(/^Basic realm=/, ''), 'utf8');
  const answer = await fetch(url, { headers: { metadata: 'true', authorization: `Basic ${secret}` } });
  const { access_token: token = '' } = (await answer.json()) as { access_token?: string };
  return { challenge, status: answer.status, token };
};
