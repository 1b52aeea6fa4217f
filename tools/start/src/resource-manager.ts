import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** What `holdfast serve` leaves for scripts. */
export interface Bootstrap {
  readonly endpoint: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly automation: { readonly clientId: string; readonly clientSecret: string };
}

export interface MachineResource {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly properties: {
    readonly status: string;
    readonly agentVersion?: string;
    readonly osSku?: string;
    readonly detectedProperties?: Readonly<Record<string, string>>;
  };
}

export const readMachine = async (bootstrap: Bootstrap, resourceId: string): Promise<MachineResource> => {
  const token = await signIn(bootstrap);
  const answer = await call(bootstrap, { method: 'GET', path: `${resourceId}?api-version=2024-07-10`, token });
  return answer as MachineResource;
};

const signIn = async (bootstrap: Bootstrap): Promise<string> => {
  const { tenantId, automation, endpoint } = bootstrap;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: automation.clientId,
    client_secret: automation.clientSecret,
    scope: `${endpoint}/.default`,
  });
  const answer = await call(bootstrap, {
    method: 'POST',
    path: `/${tenantId}/oauth2/v2.0/token`,
    form: form.toString(),
  });
  return (answer as { access_token: string }).access_token;
};

interface Call {
  readonly method: string;
  readonly path: string;
  readonly token?: string;
  readonly form?: string;
}

const call = ({ endpoint, caFile }: Bootstrap, { method, path, token, form }: Call): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
    };
    const sent = request(new URL(path, endpoint), { method, headers, ca: readFileSync(caFile) }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(form);
  });
