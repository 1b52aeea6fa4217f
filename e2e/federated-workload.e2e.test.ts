import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { testWithSite } from './support/e2e-test.ts';
import { groupScope } from './support/scopes.ts';
import type { Principal } from './support/site.ts';
import { command, startTrustingItself } from './support/trusting-itself.ts';

// A pipeline connects a server without any secret of ours: its own issuer's token stands in for one. The issuer is another
// tenant, which to this one is as foreign as any.

const test = testWithSite('--heartbeat-interval', '1');
const audience = 'api://AzureADTokenExchange';
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

test('a token of another issuer connects a machine, and one of another subject does not', async ({ site }) => {
  await startTrustingItself(site);
  const { bootstrap } = site;
  const { endpoint, tenantId } = bootstrap;
  const ask = async (tenant: string, fields: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields });
    const answer = await fetch(`${endpoint}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
    return (await answer.json()) as { access_token?: string; error_codes?: readonly number[] };
  };
  const { tenant } = await command<{ tenant: string }>(
    site,
    ...['tenant', 'create', '--name', 'Pipelines', '--domain', 'pipelines.example'],
  );
  const pipelineToken = async (name: string): Promise<string> => {
    const made = ['principal', 'create', '--tenant', tenant, '--name', name, '--role', 'Reader', '--scope', '/'];
    const { appId, password } = await command<Principal>(site, ...made);
    const asked = { client_id: appId, client_secret: password, scope: `${audience}/.default` };
    return (await ask(tenant, asked)).access_token ?? '';
  };
  const [trusted, other] = [await pipelineToken('main'), await pipelineToken('fork')];
  const { iss, sub } = decodeJwt(trusted);
  const { appId } = await command<Principal>(
    site,
    ...['principal', 'create', '--name', 'deploy', '--role', 'Azure Connected Machine Onboarding'],
    ...['--scope', groupScope(bootstrap), '--federated', `${iss},${sub},${audience}`],
  );
  const exchange = (assertion: string) =>
    ask(tenantId, {
      client_id: appId,
      client_assertion_type: assertionType,
      client_assertion: assertion,
      scope: `${endpoint}/.default`,
    });
  expect(await exchange(other)).toMatchObject({ error_codes: [700213] });

  const { access_token: token = '' } = await exchange(trusted);
  const machine = site.machine('from-the-pipeline');
  await machine.startHimds();
  const none = { 'service-principal-id': null, 'service-principal-secret': null };
  const connected = await machine.connect({ ...none, 'access-token': token });
  expect(connected, connected.output).toMatchObject({ code: 0 });
  expect(await machine.show()).toMatchObject({ status: 'Connected' });
});
