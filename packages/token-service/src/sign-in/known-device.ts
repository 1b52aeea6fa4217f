import type { Uuid } from '@holdfast/kernel';
import { base64url, type Random } from '@holdfast/kernel';
import type { Sealer } from '@holdfast/sealing';

/** What a device that somebody signed in on keeps, sealed: its own random name, and who signed in there. */
interface DeviceMark {
  readonly id: string;
  readonly users: readonly string[];
}

const label = 'known-device';
const mostUsers = 8;
/** A year, in seconds. */
export const deviceMarkAge = 31_536_000;

/** The device's name when this person signed in on it before. */
export const knownDeviceOf = (cookie: string | undefined, userId: Uuid, sealer: Sealer): string | undefined => {
  const mark = openMark(cookie, sealer);
  return mark?.users.includes(userId) === true ? mark.id : undefined;
};

/** The cookie's new value after a person has signed in. */
export const markDevice = (
  cookie: string | undefined,
  userId: Uuid,
  { sealer, random }: { readonly sealer: Sealer; readonly random: Random },
): string => {
  const mark = openMark(cookie, sealer) ?? { id: base64url(random.bytes(16)), users: [] };
  const users = [userId, ...mark.users.filter((each) => each !== userId)].slice(0, mostUsers);
  const sealed = sealer.seal(Buffer.from(JSON.stringify({ id: mark.id, users })), label);
  return Buffer.from(sealed).toString('base64url');
};

const openMark = (cookie: string | undefined, sealer: Sealer): DeviceMark | undefined => {
  if (cookie === undefined || cookie.length > 2048) return undefined;
  try {
    return JSON.parse(Buffer.from(sealer.open(Buffer.from(cookie, 'base64url'), label)).toString('utf8')) as DeviceMark;
  } catch {
    return undefined;
  }
};
