import type { Bootstrap } from './bootstrap.ts';

/** What the resource manager answered. */
export interface ArmAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined for an empty body. */
  readonly body: ArmBody | undefined;
}

/** As much of any body as tests look into. */
export interface ArmBody {
  readonly [member: string]: unknown;
  readonly id: string;
  readonly name: string;
  readonly value: readonly ArmBody[];
  readonly nextLink?: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly error: { readonly code: string; readonly message: string };
}

export interface ArmCall {
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls the resource manager as one principal, one request a call, whatever the answer. */
export interface ArmClient {
  readonly token: string;
  /** `path` may carry a query; a whole address is called as it is. */
  send(method: string, path: string, call?: ArmCall): Promise<ArmAnswer>;
}

/** Signs in with a secret; by default as the automation principal of the first start. */
export const signIn = async (bootstrap: Bootstrap, as?: { appId: string; password: string }): Promise<ArmClient> => {
  const { automation, endpoint, tenantId } = bootstrap;
  const { appId, password } = as ?? { appId: automation.clientId, password: automation.clientSecret };
  const answer = await fetch(`${endpoint}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: password,
      scope: `${endpoint}/.default`,
    }),
  });
  const { access_token: token, error_description: refusal } = (await answer.json()) as Record<string, string>;
  if (token === undefined) throw new Error(refusal);
  return armClient(endpoint, token);
};

export const armClient = (endpoint: string, token: string): ArmClient => ({
  token,
  send: async (method, path, { body, headers } = {}) => {
    const answer = await fetch(new URL(path, endpoint), {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && json), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  },
});

const json = { 'content-type': 'application/json' };
