import { nameOf, parseSubscriptionId, type Scope, scopeOf } from '@holdfast/arm';
import { builtInRoles, findBuiltInRole, type Role } from '@holdfast/authorization';
import type { Administration } from '../../administer.ts';
import { ConfigError } from '../../config/config-error.ts';

export interface Grant {
  readonly role: Role;
  readonly scope: Scope;
}

/** The grant that --role and --scope ask for. */
export const grantFrom = async (tools: Administration, options: { role: string; scope: string }): Promise<Grant> => {
  const role = roleFrom(options.role);
  const scope = scopeFrom(options.scope);
  await checkPlace(tools, scope);
  return { role, scope };
};

const roleFrom = (nameOrId: string): Role => {
  const role = findBuiltInRole(nameOrId);
  if (role !== undefined) return role;
  const known = builtInRoles.map(({ name }) => name).join(', ');
  throw new ConfigError(`--role: there is no role '${nameOrId}'. The roles are: ${known}`);
};

const scopePattern =
  /^\/(subscriptions\/[0-9a-f-]{36}(\/resourcegroups\/[^/]+(\/providers\/[^/]+(\/[^/]+\/[^/]+)+)?)?)?$/;

const scopeFrom = (text: string): Scope => {
  const scope = scopeOf(text);
  if (scopePattern.test(scope)) return scope;
  const forms = '/, /subscriptions/ID, /subscriptions/ID/resourceGroups/NAME or a resource id';
  throw new ConfigError(`--scope must be ${forms}, not '${text}'`);
};

/** A grant at a place that does not exist would wait there for whatever comes to bear the name. */
const checkPlace = async ({ stores: { containers }, tenant }: Administration, scope: Scope): Promise<void> => {
  const [, , subscription, , group] = scope.split('/');
  if (subscription === undefined) return;
  const id = parseSubscriptionId(subscription);
  const found = id.ok ? await containers.findSubscription(tenant.id, id.value) : undefined;
  if (!id.ok || found === undefined) throw new ConfigError(`--scope: there is no subscription ${subscription}`);
  if (group === undefined) return;
  const groupId = { subscriptionId: id.value, group: nameOf(group) };
  if ((await containers.findGroup(tenant.id, groupId)) !== undefined) return;
  throw new ConfigError(`--scope: there is no resource group ${group} in subscription ${subscription}`);
};
