import { armError } from '@holdfast/arm';
import type { BearerVerifier } from '../authentication/bearer-verifier.ts';
import { type Exchange, headerOf } from '../exchange.ts';

/** A person's or program's bearer token (RFC 6750 section 2.1). */
export const authenticatePrincipal =
  (verifier: BearerVerifier) =>
  async (exchange: Exchange): Promise<void> => {
    const header = headerOf(exchange.request, 'authorization');
    if (header === undefined || header === '') throw armError('AuthenticationMissing', {});
    const token = /^bearer +(\S+) *$/i.exec(header)?.[1];
    if (token === undefined) throw armError('AuthenticationScheme', {});
    exchange.caller = await verifier.verify(token, exchange.now);
  };
