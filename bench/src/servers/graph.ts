import { openConnection } from '../load/connection.ts';
import type { Account } from '../load/people.ts';
import { renderRequest } from '../load/render-request.ts';
import { serverOf } from '../load/run-load.ts';
import { signIn } from '../load/sign-in.ts';
import type { ControlPlane } from './control-plane.ts';

/** Creates one thing of the directory after the other, as the installation's own automation; resolves to their ids. */
const createAll = async (
  { bootstrap }: ControlPlane,
  path: string,
  bodies: readonly unknown[],
): Promise<readonly string[]> => {
  const headers = {
    authorization: `Bearer ${await signIn(bootstrap, bootstrap.automation)}`,
    'content-type': 'application/json',
  };
  const connection = await openConnection(serverOf(bootstrap));
  const ids: string[] = [];
  for (const each of bodies) {
    const request = { method: 'POST', target: `/v1.0${path}`, headers, body: JSON.stringify(each) };
    const { status, body } = await connection.exchange(renderRequest(bootstrap.endpoint, request));
    if (status !== 201) throw new Error(`${path}: ${status} ${body}`);
    ids.push((JSON.parse(body.toString()) as { id: string }).id);
  }
  connection.close();
  return ids;
};

/** People with a password of their own, which they need not change. */
export const createAccounts = async (server: ControlPlane, count: number): Promise<readonly Account[]> => {
  const domain = server.bootstrap.admin.username.split('@')[1];
  const accounts = Array.from({ length: count }, (_, at) => ({
    userName: `person-${at}@${domain}`,
    password: `tulip carbon sideways oven ${at}`,
  }));
  const bodies = accounts.map(({ userName, password }, at) => ({
    accountEnabled: true,
    displayName: `Person ${at}`,
    mailNickname: `person-${at}`,
    userPrincipalName: userName,
    passwordProfile: { password, forceChangePasswordNextSignIn: false },
  }));
  await createAll(server, '/users', bodies);
  return accounts;
};

/** A policy that every program has to meet and does: it must come from this computer. */
export const createPassingPolicy = async (server: ControlPlane): Promise<void> => {
  const ipRanges = ['127.0.0.0/8', '::1/128'].map((cidrAddress) => ({ cidrAddress }));
  const here = { displayName: 'This computer', isTrusted: true, ipRanges };
  const locations = await createAll(server, '/identity/conditionalAccess/namedLocations', [here]);
  const policy = {
    displayName: 'Programs from this computer',
    state: 'enabled',
    conditions: {
      clientApplications: { includeServicePrincipals: ['ServicePrincipalsInMyTenant'] },
      applications: { includeApplications: ['All'] },
    },
    grantControls: { operator: 'AND', builtInControls: [], locations },
  };
  await createAll(server, '/identity/conditionalAccess/policies', [policy]);
};
