import type { PresentedKind, SignInFlow } from '@holdfast/directory';
import type { Uuid } from '@holdfast/kernel';
import type { AuthenticationMethod } from '@holdfast/token-service';
import type { Json } from './json.ts';

/** What signing in keeps and leaves: 0001_directory.sql (signing_key) and 0006_sign-in.sql. */
export interface SignInTables {
  signing_key: SigningKeyRow;
  browser_session: BrowserSessionRow;
  authorization_code: AuthorizationCodeRow;
  refresh_family: RefreshFamilyRow;
  refresh_revocation: RefreshRevocationRow;
  refresh_token: RefreshTokenRow;
  device_code: DeviceCodeRow;
  guess_counter: GuessCounterRow;
  sign_in: SignInRow;
}

export interface SigningKeyRow {
  tenant_id: Uuid;
  kid: string;
  algorithm: 'RS256' | 'ES256';
  public_key_spki: Buffer;
  sealed_private_key: Buffer;
  signs_from: Date;
  retires_at: Date | null;
  created_at: Date;
}

interface AuthenticationColumns {
  authenticated_at: Date;
  authentication_methods: AuthenticationMethod[];
}

export interface BrowserSessionRow extends AuthenticationColumns {
  session_sha256: Buffer;
  tenant_id: Uuid;
  user_id: Uuid;
  sid: Uuid;
  expires_at: Date;
}

/** What a person allowed a program. */
export interface GrantColumns extends AuthenticationColumns {
  tenant_id: Uuid;
  user_id: Uuid;
  client_id: Uuid;
  resource: string;
  scopes: string[];
  sid: Uuid;
}

type RedirectKind = 'web' | 'spa' | 'publicClient';

export interface AuthorizationCodeRow extends GrantColumns {
  code_sha256: Buffer;
  redirect_uri: string;
  redirect_kind: RedirectKind;
  code_challenge: string | null;
  nonce: string | null;
  family_id: Uuid;
  expires_at: Date;
  claimed_at: Date | null;
}

export interface RefreshFamilyRow extends GrantColumns {
  family_id: Uuid;
  redirect_kind: RedirectKind;
  created_at: Date;
  expires_at: Date;
}

export interface RefreshRevocationRow {
  family_id: Uuid;
  revoked_at: Date;
}

export interface RefreshTokenRow {
  token_sha256: Buffer;
  family_id: Uuid;
  expires_at: Date;
  used_at: Date | null;
}

export interface DeviceCodeRow {
  device_code_sha256: Buffer;
  user_code_sha256: Buffer;
  client_id: Uuid;
  asked_tenant_id: Uuid | null;
  resource: string;
  scopes: string[];
  address: string;
  user_agent: string;
  created_at: Date;
  expires_at: Date;
  state: 'waiting' | 'approved' | 'declined' | 'redeemed';
  interval_seconds: number;
  polled_at: Date | null;
  tenant_id: Uuid | null;
  user_id: Uuid | null;
  granted_resource: string | null;
  granted_scopes: string[] | null;
  sid: Uuid | null;
  authenticated_at: Date | null;
  authentication_methods: AuthenticationMethod[] | null;
}

export interface GuessCounterRow {
  guess_key: string;
  guesses: number;
  began_at: Date;
}

export interface SignInRow {
  tenant_id: Uuid;
  sign_in_id: Uuid;
  occurred_at: Date;
  occurrences: number;
  last_at: Date;
  correlation_id: Uuid;
  flow: SignInFlow;
  principal_kind: 'user' | 'servicePrincipal' | 'unknown';
  principal_id: Uuid | null;
  principal_name: string;
  principal_name_key: string;
  app_id: Uuid | null;
  app_display_name: string;
  resource: string | null;
  address: string;
  user_agent: string;
  credential_kind: PresentedKind | 'none';
  credential_id: Uuid | null;
  mfa: boolean;
  code: number;
  reason: string;
  policies: Json<object[]>;
}
