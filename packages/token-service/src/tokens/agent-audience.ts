import type { SigningAlgorithm } from '../keys/signing-key-store.ts';

/** The audience of tokens that only agents and their control plane read. */
export const agentAudience = (loginOrigin: string): string => `${loginOrigin}/agent`;

/** RS256 is what every resource server can verify; ES256 costs a sixteenth, where we know who verifies. */
export const algorithmFor = (audience: string, loginOrigin: string): SigningAlgorithm =>
  audience === agentAudience(loginOrigin) ? 'ES256' : 'RS256';
