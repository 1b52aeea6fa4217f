import { addMs, base64url, minutes, newUuid } from '@holdfast/kernel';
import type { PersonGrant } from '../codes/authorization-code-store.ts';
import type { AuthorizationRequest } from '../dialect/authorization-request.ts';
import { scopesToKeep } from '../dialect/requested-scopes.ts';
import { oauthError } from '../oauth-error.ts';
import { messagePage } from '../pages/message-page.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { randomSecret, sha256 } from '../people/random-secret.ts';
import { issuerOf } from '../tokens/issuer-names.ts';
import { answerClient } from './answer-client.ts';
import { beginSession } from './begin-session.ts';
import type { BrowserRequest, Reply } from './browser-request.ts';
import type { Asked, Known } from './learn.ts';
import type { SignInServices } from './sign-in-services.ts';

/** A code is on its way for seconds; five minutes cover a slow network. */
const codeLifetime = minutes(5);

/** Gives the program what everything before was for. */
export const finish = async (known: Known, browser: BrowserRequest, services: SignInServices): Promise<Reply> => {
  const { interaction, facts, asked } = known;
  const { person, consent } = facts;
  if (person === undefined || asked === undefined || consent === undefined || !('scopes' in consent))
    throw new Error('a sign-in was finished without a person, a program or consent');
  const { proof } = person;
  const { sid, cookies } = await beginSession(proof, browser, services);
  const grant: PersonGrant = {
    tenantId: proof.tenantId,
    userId: proof.userId,
    clientId: asked.app.appId,
    resource: asked.requested.resource.audience,
    scopes: scopesToKeep(consent.scopes, asked.requested),
    sid,
    authentication: { at: new Date(proof.at), methods: proof.methods },
  };
  if (interaction.purpose.kind === 'authorize')
    return sendCode({ request: interaction.purpose.request, grant, cookies }, browser, services);
  const userCode = Buffer.from(interaction.purpose.userCodeSha256, 'base64url');
  const decided = await services.deviceCodes.decide(userCode, { kind: 'approved', grant }, browser.now);
  if (!decided) throw oauthError('userCodeUnknown', {});
  return donePage(asked, cookies);
};

interface Sending {
  readonly request: AuthorizationRequest;
  readonly grant: PersonGrant;
  readonly cookies: readonly string[];
}

const sendCode = async ({ request, grant, cookies }: Sending, browser: BrowserRequest, services: SignInServices) => {
  const { random, authorizationCodes, origins } = services;
  const { redirectUri, redirectKind, codeChallenge, nonce, wantsClientInfo } = request;
  const code = randomSecret(random);
  await authorizationCodes.insert({
    codeSha256: sha256(code),
    grant,
    redirectUri,
    redirectKind,
    codeChallenge,
    nonce,
    familyId: newUuid(random),
    expiresAt: addMs(browser.now, codeLifetime),
  });
  const account = JSON.stringify({ uid: grant.userId, utid: grant.tenantId });
  return answerClient(
    request,
    {
      code,
      ...(wantsClientInfo && { client_info: base64url(new TextEncoder().encode(account)) }),
      session_state: grant.sid,
      iss: issuerOf(origins.login, grant.tenantId, request.version),
    },
    cookies,
  );
};

const donePage = ({ app }: Asked, cookies: readonly string[]): Reply => ({
  kind: 'page',
  status: 200,
  html: messagePage({
    title: 'You are signed in on your device',
    text: `${app.displayName} has what it needs. You may close this page.`,
    outcome: 'done',
  }),
  headers: pageHeaders(),
  cookies,
});
