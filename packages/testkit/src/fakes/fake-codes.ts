import { addMs, seconds } from '@holdfast/kernel';
import type { AuthorizationCodeStore, DeviceCodeStore, DevicePoll } from '@holdfast/token-service';
import type { FakeDeviceCode, FakeState } from './fake-state.ts';
import { sameBytes } from './fake-table.ts';

export const fakeAuthorizationCodes = ({ codes }: FakeState): AuthorizationCodeStore => ({
  insert: async (code) => codes.insert({ code, claimed: false }),
  claim: async (codeSha256) => {
    const found = codes.find(({ code }) => sameBytes(code.codeSha256, codeSha256));
    if (found === undefined) return undefined;
    const first = !found.claimed;
    found.claimed = true;
    return { code: found.code, first };
  },
  deleteExpired: async (now) => codes.remove(({ code }) => code.expiresAt < now),
});

export const fakeDeviceCodes = ({ deviceCodes }: FakeState): DeviceCodeStore => ({
  insert: async (code) => {
    if (deviceCodes.find((other) => sameBytes(other.code.userCodeSha256, code.userCodeSha256))) return false;
    deviceCodes.insert({ code, decision: undefined, redeemed: false, intervalSeconds: 5, polledAt: undefined });
    return true;
  },
  findWaiting: async (userCodeSha256, now) => deviceCodes.find(isWaiting(userCodeSha256, now))?.code,
  decide: async (userCodeSha256, decision, now) => {
    const found = deviceCodes.find(isWaiting(userCodeSha256, now));
    const { tenantId } = decision.kind === 'approved' ? decision.grant : decision;
    if (found === undefined || (found.code.tenantId ?? tenantId) !== tenantId) return false;
    found.decision = decision;
    return true;
  },
  poll: async (deviceCodeSha256, now) => {
    const found = deviceCodes.find(({ code }) => sameBytes(code.deviceCodeSha256, deviceCodeSha256));
    return found === undefined ? { kind: 'unknown' } : poll(found, now);
  },
  deleteExpired: async (now) => deviceCodes.remove(({ code }) => code.expiresAt < now),
});

const isWaiting = (userCodeSha256: Uint8Array, now: Date) => (each: FakeDeviceCode) =>
  sameBytes(each.code.userCodeSha256, userCodeSha256) && each.decision === undefined && each.code.expiresAt > now;

const poll = (found: FakeDeviceCode, now: Date): DevicePoll => {
  const { code, decision, polledAt, redeemed } = found;
  const tooSoon = polledAt !== undefined && now < addMs(polledAt, seconds(found.intervalSeconds));
  found.polledAt = now;
  if (decision === undefined) {
    if (tooSoon) found.intervalSeconds += 5;
    return { kind: 'pending', code, tooSoon };
  }
  if (decision.kind === 'declined') return { kind: 'declined', code };
  found.redeemed = true;
  return redeemed ? { kind: 'redeemed', code } : { kind: 'approved', code, grant: decision.grant };
};
