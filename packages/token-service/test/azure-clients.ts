// Signs in with Azure's own libraries. A process of its own, because Node reads NODE_EXTRA_CA_CERTS at its start only.
// Input (JSON) on stdin, so that no secret reaches argv; output (JSON) on stdout.
import { text } from 'node:stream/consumers';
import { ClientCertificateCredential, ClientSecretCredential, type TokenCredential } from '@azure/identity';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { createRemoteJWKSet, jwtVerify } from 'jose';

interface Input {
  readonly origin: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: string;
  readonly certificatePath: string;
}

const { origin, tenant, clientId, secret, certificatePath }: Input = JSON.parse(await text(process.stdin));

const options = { authorityHost: origin, disableInstanceDiscovery: true };
const chain = { ...options, sendCertificateChain: true };
const certificate = () => new ClientCertificateCredential(tenant, clientId, { certificatePath }, options);

const metadata = await (await fetch(`${origin}/${tenant}/.well-known/openid-configuration`)).json();
const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));

const read = async (token: string | undefined) =>
  (await jwtVerify(token ?? '', keys, { issuer: metadata.issuer, algorithms: ['RS256'] })).payload;

const ask = async (credential: TokenCredential, scope: string) => read((await credential.getToken(scope))?.token);

const askMsal = async () => {
  const auth = {
    clientId,
    clientSecret: secret,
    authority: `${origin}/${tenant}`,
    knownAuthorities: [new URL(origin).host],
  };
  const app = new ConfidentialClientApplication({ auth });
  return read((await app.acquireTokenByClientCredential({ scopes: [`${origin}/.default`] }))?.accessToken);
};

const refusal = async (credential: TokenCredential) =>
  ask(credential, `${origin}/.default`).then(
    () => 'none',
    (error: Error) => error.message,
  );

const one = certificate();
process.stdout.write(
  JSON.stringify({
    secret: await ask(new ClientSecretCredential(tenant, clientId, secret, options), `${origin}/.default`),
    certificate: await ask(one, `${origin}/.default`),
    certificateAgain: await ask(one, 'https://graph.microsoft.com/.default'),
    concurrent: (
      await Promise.all(
        [certificate(), certificate(), one].map((each) => ask(each, 'https://management.azure.com/.default')),
      )
    ).length,
    chain: await ask(
      new ClientCertificateCredential(tenant, clientId, { certificatePath }, chain),
      `${origin}/.default`,
    ),
    msal: await askMsal(),
    wrongSecret: await refusal(new ClientSecretCredential(tenant, clientId, 'wrong', options)),
    wrongTenant: await refusal(new ClientSecretCredential('nobody.example', clientId, secret, options)),
  }),
);
