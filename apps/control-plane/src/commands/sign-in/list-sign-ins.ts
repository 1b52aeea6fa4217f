import type { SignInQuery } from '@holdfast/directory';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';

export interface SignInFilters {
  readonly from?: string;
  readonly to?: string;
  readonly failed?: boolean;
  readonly user?: string;
  readonly app?: string;
  readonly address?: string;
}

/** Most entries that a store gives at once. */
const largestPage = 999;

/** Prints the newest entries. */
export const listSignIns = async (
  { stores, tenant, print }: Administration,
  { top, ...filters }: SignInFilters & { readonly top: string },
): Promise<void> => {
  const page = await stores.signIns.list(tenant.id, { ...queryFrom(filters), top: topFrom(top), after: undefined });
  print(page.items);
};

/** Prints every entry on a line of its own, page by page. */
export const exportSignIns = async (
  { stores, tenant, printLine }: Administration,
  filters: SignInFilters,
): Promise<void> => {
  const query = queryFrom(filters);
  let after: string | undefined;
  do {
    const page = await stores.signIns.list(tenant.id, { ...query, top: largestPage, after });
    for (const each of page.items) printLine(each);
    after = page.next;
  } while (after !== undefined);
};

const queryFrom = ({ from, to, failed, user, app, address }: SignInFilters): Omit<SignInQuery, 'top' | 'after'> => {
  const fields = [
    ['userPrincipalName', user],
    ['appId', app],
    ['ipAddress', address],
  ] as const;
  return {
    where: fields.flatMap(([field, value]) =>
      value === undefined ? [] : [{ field, operator: 'equals' as const, value }],
    ),
    ...(failed === true && { outcome: 'failed' as const }),
    ...(from !== undefined && { from: timeFrom('--from', from) }),
    ...(to !== undefined && { to: timeFrom('--to', to) }),
  };
};

/** ISO 8601; a day alone begins at midnight UTC. Without a zone it would mean another time on every computer. */
const timeFrom = (option: string, text: string): Date => {
  const time = new Date(text);
  const isTime = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  if (isTime && !Number.isNaN(time.getTime())) return time;
  throw new ConfigError(`${option} must be a time such as 2026-01-31 or 2026-01-31T12:00:00Z, not '${text}'`);
};

const topFrom = (text: string): number => {
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= largestPage) return top;
  throw new ConfigError(`--top must be a whole number from 1 to ${largestPage}, not '${text}'`);
};
