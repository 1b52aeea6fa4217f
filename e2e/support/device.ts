import type { Bootstrap } from './bootstrap.ts';

/** A device that waits for its person, as the Azure CLI would. */
export interface Device {
  readonly url: string;
  /** What the person types. */
  readonly code: string;
  readonly deviceCode: string;
}

const azureCli = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

export type TokenAnswer = Readonly<Record<string, string>>;

const post = async (
  { endpoint }: Bootstrap,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<TokenAnswer> => {
  const body = new URLSearchParams({ client_id: azureCli, ...fields });
  const answer = await fetch(`${endpoint}/organizations/oauth2/v2.0/${path}`, { method: 'POST', body });
  return (await answer.json()) as TokenAnswer;
};

export const beginDevice = async (bootstrap: Bootstrap): Promise<Device> => {
  const scope = `${bootstrap.endpoint}/.default openid offline_access`;
  const answer = await post(bootstrap, 'devicecode', { scope });
  const { verification_uri: url = '', user_code: code = '', device_code: deviceCode = '' } = answer;
  return { url, code, deviceCode };
};

/** The tokens of a device that was confirmed, or the refusal. */
export const redeemDevice = (bootstrap: Bootstrap, { deviceCode }: Device): Promise<TokenAnswer> =>
  post(bootstrap, 'token', { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode });
