import type { ClientAuthenticator } from '../client-authentication/authenticate-client.ts';
import type { PresentedClient } from '../client-authentication/presented-client.ts';
import type { Authority } from '../dialect/authority.ts';
import type { FormFields } from '../dialect/form-fields.ts';
import type { ResourceOrigins } from '../dialect/requested-resource.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import type { IssuedToken, TokenIssuer } from '../tokens/token-issuer.ts';

/** A token request after the dialect has been taken off. */
export interface GrantRequest {
  readonly authority: Authority;
  /** `1.0` for `/oauth2/token`, `2.0` for `/oauth2/v2.0/token`. */
  readonly endpoint: TokenVersion;
  readonly fields: FormFields;
  readonly presented: PresentedClient;
  /** What an assertion may be meant for. */
  readonly audiences: readonly string[];
  /** Network address of the sender. */
  readonly sender: string;
}

export interface GrantServices {
  readonly authenticator: ClientAuthenticator;
  readonly tokens: TokenIssuer;
  readonly origins: ResourceOrigins;
}

export interface GrantedToken extends IssuedToken {
  readonly audience: string;
}

/** One way to a token. A refusal is a thrown `OAuthError`. */
export interface Grant {
  /** `grant_type` as metadata lists it. */
  readonly name: string;
  /** Other spellings that clients use. */
  readonly aliases: readonly string[];
  issue(request: GrantRequest, services: GrantServices): Promise<GrantedToken>;
}
