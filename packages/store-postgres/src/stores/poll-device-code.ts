import { assertNever } from '@holdfast/kernel';
import type { DevicePoll } from '@holdfast/token-service';
import { sql } from 'kysely';
import type { Handle } from '../handle.ts';
import type { DeviceCodeRow } from '../rows/sign-in.ts';
import { deviceCodeOf, deviceGrantOf } from './device-code-row.ts';

interface PolledRow extends DeviceCodeRow {
  state_before: DeviceCodeRow['state'];
  too_soon: boolean;
}

/** By how much the interval grows for a poll that came too soon (RFC 8628 section 3.5). */
const slowDownSeconds = 5;

/** One statement that locks the row first: of polls at once, each finds what the one before left. */
export const pollDeviceCode = async (db: Handle, deviceCodeSha256: Uint8Array, now: Date): Promise<DevicePoll> => {
  const polled = await sql<PolledRow>`
    with found as (
      select
        code.device_code_sha256,
        code.state,
        coalesce(
          ${now}::timestamptz < code.polled_at + code.interval_seconds * interval '1 second', false
        ) as too_soon
      from device_code as code
      where code.device_code_sha256 = ${Buffer.from(deviceCodeSha256)}::bytea
      for update
    )
    update device_code as code
    set
      polled_at = ${now}::timestamptz,
      interval_seconds = code.interval_seconds
        + case when found.too_soon and found.state = 'waiting' then ${slowDownSeconds}::integer else 0 end,
      state = case found.state when 'approved' then 'redeemed' else found.state end
    from found
    where code.device_code_sha256 = found.device_code_sha256
    returning code.*, found.state as state_before, found.too_soon`.execute(db);
  const [row] = polled.rows;
  return row === undefined ? { kind: 'unknown' } : pollOf(row);
};

const pollOf = (row: PolledRow): DevicePoll => {
  const code = deviceCodeOf(row);
  switch (row.state_before) {
    case 'waiting':
      return { kind: 'pending', code, tooSoon: row.too_soon };
    case 'approved':
      return { kind: 'approved', code, grant: deviceGrantOf(row) };
    case 'declined':
      return { kind: 'declined', code };
    case 'redeemed':
      return { kind: 'redeemed', code };
    default:
      return assertNever(row.state_before);
  }
};
