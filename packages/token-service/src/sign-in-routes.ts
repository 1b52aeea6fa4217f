import { base64url, newUuid } from '@holdfast/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginAuthorization } from './authorize/begin-authorization.ts';
import { beginDeviceLogin, showDeviceLogin } from './device-code/device-login.ts';
import { causesOf } from './errors/causes-of.ts';
import { beginSignOut, confirmSignOut, type SignOutServices } from './logout/sign-out.ts';
import { type OAuthError, oauthError } from './oauth-error.ts';
import { errorPage } from './pages/error-page.ts';
import { pageHeaders } from './pages/page-headers.ts';
import { correlationIdOf, type ErrorRendering, errorFrom } from './render-oauth-error.ts';
import type { BrowserRequest, Reply } from './sign-in/browser-request.ts';
import { readCookies } from './sign-in/cookies.ts';
import { finishExternal } from './sign-in/finish-external.ts';
import { takeStep } from './sign-in/take-step.ts';

export type SignInRouteServices = SignOutServices & { readonly rendering: ErrorRendering };

type Work = (request: FastifyRequest, browser: BrowserRequest) => Promise<Reply> | Reply;

/** What people's browsers ask for. */
export const registerSignInRoutes = (app: FastifyInstance, services: SignInRouteServices): void => {
  const page = (work: Work) => (request: FastifyRequest, reply: FastifyReply) =>
    answer(work, { request, reply, services });
  const ownPage = (work: Work) => page(fromOwnPage(work, services.origins.login));
  for (const [infix, version] of [
    ['', '1.0'],
    ['/v2.0', '2.0'],
  ] as const) {
    const authorize: Work = (request, browser) =>
      beginAuthorization(
        { segment: segmentOf(request), version, parameters: parametersOf(request) },
        browser,
        services,
      );
    app.get(`/:tenant/oauth2${infix}/authorize`, page(authorize));
    app.post(`/:tenant/oauth2${infix}/authorize`, page(authorize));
    const signOut: Work = (request, browser) =>
      beginSignOut({ segment: segmentOf(request), parameters: parametersOf(request) }, browser, services);
    app.get(`/:tenant/oauth2${infix}/logout`, page(signOut));
    app.post(`/:tenant/oauth2${infix}/logout`, page(signOut));
  }
  app.post(
    '/signin',
    ownPage((request, browser) => takeStep(bodyOf(request), browser, services)),
  );
  app.post(
    '/signout',
    ownPage((request, browser) => confirmSignOut(bodyOf(request), browser, services)),
  );
  app.get(
    '/devicelogin',
    page((_, browser) => showDeviceLogin(browser, services)),
  );
  app.post(
    '/devicelogin',
    ownPage((request, browser) => beginDeviceLogin(bodyOf(request), browser, services)),
  );
  app.get(
    '/federated/callback/:provider',
    page((request, browser) => finishExternal(returnOf(request), browser, services)),
  );
};

/**
 * Takes forms of our own pages only. Besides the seal, and the cookies that stay away, a browser says which page sends a
 * form (Fetch, "append a request Origin header").
 */
const fromOwnPage =
  (work: Work, login: string): Work =>
  (request, browser) => {
    const { origin } = request.headers;
    if (origin === undefined || origin === new URL(login).origin) return work(request, browser);
    throw oauthError('malformedRequest', { reason: 'the form is of a page of somebody else' });
  };

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly services: SignInRouteServices;
}

const answer = async (work: Work, { request, reply, services }: Answering): Promise<FastifyReply> => {
  const browser = browserOf(request, services);
  try {
    return send(reply, await work(request, browser));
  } catch (thrown) {
    const error = errorFrom(thrown, services.rendering);
    const { correlationId } = browser;
    if (error.status >= 500) request.log.error({ err: thrown, correlationId }, 'sign-in failed');
    else request.log.info({ aadsts: error.number, correlationId, because: causesOf(error) }, 'sign-in refused');
    return send(reply, pageOf(error, browser));
  }
};

const pageOf = (error: OAuthError, { traceId, correlationId, now: timestamp }: BrowserRequest): Reply => ({
  kind: 'page',
  status: error.status,
  html: errorPage({
    title: 'Sign-in did not work',
    words: error.message,
    code: error.number,
    traceId,
    correlationId,
    timestamp,
  }),
  headers: pageHeaders({ inPopup: true }),
  cookies: [],
});

const send = (reply: FastifyReply, answered: Reply): FastifyReply => {
  for (const cookie of answered.cookies) reply.header('set-cookie', cookie);
  if (answered.kind === 'page' && answered.status === 429) reply.header('retry-after', '900');
  if (answered.kind === 'page') return reply.status(answered.status).headers(answered.headers).send(answered.html);
  // 303, so that no browser sends the form on (RFC 9700 section 4.12).
  return reply
    .status(303)
    .headers({ location: answered.to, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .send();
};

const browserOf = (request: FastifyRequest, { clock, random }: SignInRouteServices): BrowserRequest => {
  const cookies = readCookies(request.headers.cookie);
  return {
    now: clock.now(),
    correlationId: correlationIdOf(request) ?? newUuid(random),
    traceId: newUuid(random),
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    cookies,
    browser: cookies.flow ?? base64url(random.bytes(16)),
  };
};

const segmentOf = (request: FastifyRequest): string => (request.params as { readonly tenant: string }).tenant;

const returnOf = ({ params, url }: FastifyRequest) => ({
  providerId: (params as { readonly provider: string }).provider,
  url,
});

const bodyOf = (request: FastifyRequest): string => (typeof request.body === 'string' ? request.body : '');

/** OpenID Connect lets programs send either (Core section 3.1.2.1). */
const parametersOf = (request: FastifyRequest): string =>
  request.method === 'POST' ? bodyOf(request) : new URL(request.url, 'https://any').search.slice(1);
