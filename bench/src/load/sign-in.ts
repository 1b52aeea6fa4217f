import type { Bootstrap } from '../servers/data-folder.ts';
import { openConnection } from './connection.ts';
import { type Request, renderRequest } from './render-request.ts';
import { serverOf } from './run-load.ts';

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A program's request for a token by its secret. */
export const tokenRequest = (bootstrap: Bootstrap, { clientId, clientSecret }: ClientCredentials): Request => ({
  method: 'POST',
  target: `/${bootstrap.tenantId}/oauth2/v2.0/token`,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: `${bootstrap.endpoint}/.default`,
  }).toString(),
});

/** An access token for the resource manager. */
export const signIn = async (bootstrap: Bootstrap, credentials: ClientCredentials): Promise<string> => {
  const connection = await openConnection(serverOf(bootstrap));
  try {
    const request = renderRequest(bootstrap.endpoint, tokenRequest(bootstrap, credentials));
    const { status, body } = await connection.exchange(request);
    if (status !== 200) throw new Error(`no token: ${status} ${body.toString()}`);
    return (JSON.parse(body.toString()) as { access_token: string }).access_token;
  } finally {
    connection.close();
  }
};
