import type { Uuid } from '@holdfast/kernel';
import type { AnswerPlace } from '../dialect/authorization-request.ts';
import type { OAuthError } from '../oauth-error.ts';
import { formPostPage } from '../pages/form-post-page.ts';
import { pageHeaders } from '../pages/page-headers.ts';
import { issuerOf } from '../tokens/issuer-names.ts';
import type { Reply } from './browser-request.ts';

/** The parameters of an answer; absent ones are left out. */
export type AnswerParameters = Readonly<Record<string, string | undefined>>;

/** Sends a program its answer through the browser, to the redirect URI that was checked before (RFC 6749 section 4.1.2). */
export const answerClient = (
  place: AnswerPlace,
  parameters: AnswerParameters,
  cookies: readonly string[] = [],
): Reply => {
  const { redirectUri, responseMode, state } = place;
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...parameters, state })) if (value !== undefined) fields[name] = value;
  if (responseMode === 'form_post') {
    const headers = pageHeaders({ formTargets: 'anywhere', script: 'form-post', inPopup: true });
    return { kind: 'page', status: 200, html: formPostPage({ redirectUri, fields }), headers, cookies };
  }
  const to = new URL(redirectUri);
  if (responseMode === 'fragment') to.hash = new URLSearchParams(fields).toString();
  else for (const [name, value] of Object.entries(fields)) to.searchParams.set(name, value);
  return { kind: 'redirect', to: to.href, cookies };
};

/** An error as a program reads it (RFC 6749 section 4.1.2.1); `iss` says from whom (RFC 9207). */
export const answerClientError = (
  place: AnswerPlace,
  error: OAuthError,
  about: { readonly login: string; readonly tenantId: Uuid | undefined; readonly traceId: string },
): Reply =>
  answerClient(place, {
    error: error.error,
    error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${about.traceId}`,
    suberror: error.suberror,
    error_uri: `${about.login}/error?code=${error.number}`,
    // Where no tenant is known yet, the issuer as the metadata of `common` has it.
    iss: issuerOf(about.login, about.tenantId ?? '{tenantid}', place.version),
  });
