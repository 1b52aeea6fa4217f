import type { ClientAuthenticator } from '../client-authentication/authenticate-client.ts';
import type { PresentedClient } from '../client-authentication/presented-client.ts';
import type { AuthorizationCodeStore } from '../codes/authorization-code-store.ts';
import type { DeviceCodeStore } from '../device-code/device-code-store.ts';
import type { Authority } from '../dialect/authority.ts';
import type { FormFields } from '../dialect/form-fields.ts';
import type { PersonServices } from '../people/person-services.ts';
import type { SignInNote } from '../sign-in-log/sign-in-note.ts';
import type { TokenVersion } from '../tokens/issuer-names.ts';
import type { IssuedToken } from '../tokens/token-issuer.ts';

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
  /** The page that sends the request, for scripts in a browser. */
  readonly origin: string | undefined;
  /** For the sign-in log: a grant writes down what it finds out. */
  readonly note: SignInNote;
}

export interface GrantServices extends PersonServices {
  readonly authenticator: ClientAuthenticator;
  readonly authorizationCodes: AuthorizationCodeStore;
  readonly deviceCodes: DeviceCodeStore;
}

export interface GrantedToken extends IssuedToken {
  readonly audience: string;
  /** Present when it is a person's. */
  readonly person?: {
    readonly scope: string;
    readonly idToken: string;
    readonly refreshToken: string | undefined;
    readonly clientInfo: string;
  };
}

/** One way to a token. A refusal is a thrown `OAuthError`. */
export interface Grant {
  /** `grant_type` as metadata lists it. */
  readonly name: string;
  /** Other spellings that clients use. */
  readonly aliases: readonly string[];
  issue(request: GrantRequest, services: GrantServices): Promise<GrantedToken>;
}
