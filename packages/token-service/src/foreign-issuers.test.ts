import type { Client } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestAuthority, postForm, type TestAuthority } from '../test/test-authority.ts';
import { random } from '../test/test-directory.ts';
import { createTestIssuer } from '../test/test-issuer.ts';
import { createTestNetwork } from '../test/test-network.ts';

const network = await createTestNetwork();
const github = await createTestIssuer(network, 'https://token.actions.example');
const audience = 'api://AzureADTokenExchange';

let here: TestAuthority;
beforeAll(async () => {
  here = await createTestAuthority({ fetch: network.fetch });
});
afterAll(async () => {
  await here.app.close();
  await network.close();
});

const clientTrusting = (issuer: string, subject: string): Client =>
  here.addClient(here.tenant, {
    secrets: [],
    federatedCredentials: [
      {
        id: newUuid(random),
        name: 'ci',
        description: undefined,
        issuer,
        subject,
        audiences: [audience],
        lastUsedAt: undefined,
      },
    ],
  }).client;

const exchange = (client: Client, assertion: string) =>
  postForm(
    here.app,
    { tenant: here.tenant.id },
    {
      grant_type: 'client_credentials',
      client_id: client.appId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
      scope: 'https://management.azure.com/.default',
    },
  );

const workflowToken = (sub: string) => {
  const now = Math.floor(Date.now() / 1000);
  return github.sign({ iss: github.issuer, sub, aud: audience, jti: newUuid(random), iat: now, exp: now + 600 });
};

describe('a foreign token buys one of ours', () => {
  test('for a workflow, and says by which credential', async () => {
    const client = clientTrusting(github.issuer, 'repo:contoso/servers:environment:production');
    const reply = await exchange(client, await workflowToken('repo:contoso/servers:environment:production'));
    expect(reply.statusCode).toBe(200);
    const id = client.federatedCredentials[0]?.id;
    expect(decodeJwt(reply.json().access_token)).toMatchObject({ appid: client.appId, appidacr: '2', xms_cid: id });
    expect(here.signIns.at(-1)).toMatchObject({ credential: { kind: 'federated', id }, outcome: { code: 0 } });
  });

  test('for a program of another Holdfast', async () => {
    const there = await createTestAuthority({ origin: 'https://login.elsewhere.example' });
    network.sites.set(there.origin, async ({ url }) => {
      const { statusCode, body } = await there.app.inject({ url: url.pathname });
      return { status: statusCode, body };
    });
    const { client: caller, secret } = there.addClient(there.tenant);
    const issued = await postForm(
      there.app,
      { tenant: there.tenant.id },
      {
        grant_type: 'client_credentials',
        client_id: caller.appId,
        client_secret: secret,
        scope: `${audience}/.default`,
      },
    );
    const token: string = issued.json().access_token;
    const client = clientTrusting(String(decodeJwt(token).iss), caller.objectId);
    expect((await exchange(client, token)).statusCode).toBe(200);
    // The same program of the tenant beside it is somebody else.
    const neighbour = clientTrusting(
      String(decodeJwt(token).iss).replace(there.tenant.id, there.otherTenant.id),
      caller.objectId,
    );
    expect((await exchange(neighbour, token)).json().error_codes).toEqual([700211]);
    await there.app.close();
  });
});

describe('a refusal', () => {
  test('says what was presented and what did not match, and stands in the sign-in log', async () => {
    const client = clientTrusting(github.issuer, 'repo:contoso/servers:environment:production');
    const reply = await exchange(client, await workflowToken('repo:contoso/servers:pull_request'));
    expect([reply.statusCode, reply.json().error, reply.json().error_codes]).toEqual([401, 'invalid_client', [700213]]);
    expect(reply.json().error_description).toContain("subject 'repo:contoso/servers:pull_request'");
    expect(here.signIns.at(-1)).toMatchObject({
      credential: { kind: 'federated', id: undefined },
      outcome: { code: 700213 },
    });
  });

  test('repeats on one line what a stranger wrote', async () => {
    const client = clientTrusting(github.issuer, 'x');
    const words = `<script>\r\nSet-Cookie: a=b\u2028${'x'.repeat(500)}`;
    const reply = await exchange(client, await workflowToken(words));
    expect(reply.json().error_description).not.toMatch(/[\r\n\u2028]/);
    expect(reply.json().error_description).not.toContain('x'.repeat(250));
  });

  test('of an issuer that cannot be asked tells nothing of what it answered', async () => {
    const inside = await createTestIssuer(network, 'https://10.0.0.5:9200');
    inside.fail({ status: 403, body: 'canary-internal-answer' });
    const client = clientTrusting(inside.issuer, 's');
    const now = Math.floor(Date.now() / 1000);
    const reply = await exchange(
      client,
      await inside.sign({ iss: inside.issuer, sub: 's', aud: audience, exp: now + 60 }),
    );
    expect([reply.statusCode, reply.json().error, reply.json().error_codes]).toEqual([
      400,
      'invalid_request',
      [501661],
    ]);
    expect(reply.body).not.toMatch(/canary|403/);
  });
});
