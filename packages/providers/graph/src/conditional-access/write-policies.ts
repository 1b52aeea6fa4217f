import type { ConditionalAccessPolicy } from '@holdfast/directory';
import { newUuid } from '@holdfast/kernel';
import { done, entityAnswer } from '../answers/entity-answer.ts';
import { idOf, notFound } from '../directory-object/require-object.ts';
import type { GraphHandler, GraphRequest } from '../graph-handler.ts';
import type { GraphDependencies, GraphStores } from '../stores.ts';
import { createKnownNames } from './known-names.ts';
import { conditionsToWire, policyToWire, stateToWire } from './policy-wire.ts';
import { readConditions } from './read-conditions.ts';
import { readGrant } from './read-grant.ts';
import { policySet, requirePolicy } from './read-policies.ts';

export const createPolicy =
  (dependencies: GraphDependencies): GraphHandler<'ConditionalAccessPolicies_Create'> =>
  async ({ context, body }) => {
    const { tenantId } = context.caller;
    const known = createKnownNames(dependencies, tenantId);
    const policy: ConditionalAccessPolicy = {
      id: newUuid(dependencies.random),
      tenantId,
      displayName: body.displayName,
      state: readState(body.state),
      conditions: await readConditions(body.conditions, known),
      grant: readGrant(body.grantControls, await known.locations(body.grantControls.locations ?? [])),
      createdAt: context.now,
      modifiedAt: context.now,
    };
    await dependencies.conditionalAccess.putPolicy(policy);
    return entityAnswer(context, { set: policySet, entity: policyToWire(policy), status: 201 });
  };

/** Of the conditions the parts that are given are replaced, each as a whole; the controls are replaced together. */
export const updatePolicy =
  (stores: GraphStores): GraphHandler<'ConditionalAccessPolicies_Update'> =>
  async ({ context, parameters, body }) => {
    const { tenantId } = context.caller;
    const policy = await requirePolicy(stores, tenantId, parameters.id);
    await stores.conditionalAccess.putPolicy({
      ...policy,
      displayName: body.displayName ?? policy.displayName,
      state: body.state === undefined ? policy.state : readState(body.state),
      conditions: await patchConditions(stores, policy, body.conditions),
      grant: await patchGrant(stores, policy, body.grantControls),
      modifiedAt: context.now,
    });
    return done;
  };

export const deletePolicy =
  (stores: GraphStores): GraphHandler<'ConditionalAccessPolicies_Delete'> =>
  async ({ context, parameters }) => {
    if (await stores.conditionalAccess.deletePolicy(context.caller.tenantId, idOf(parameters.id))) return done;
    throw notFound(parameters.id);
  };

type Patch = GraphRequest<'ConditionalAccessPolicies_Update'>['body'];

const readState = (state: NonNullable<Patch['state']>): ConditionalAccessPolicy['state'] =>
  state === stateToWire.reportOnly ? 'reportOnly' : state;

const patchConditions = async (
  stores: GraphStores,
  { tenantId, conditions }: ConditionalAccessPolicy,
  patch: Patch['conditions'],
): Promise<ConditionalAccessPolicy['conditions']> => {
  if (patch === undefined) return conditions;
  const whole = JSON.parse(JSON.stringify(conditionsToWire(conditions))) as typeof patch;
  return readConditions({ ...whole, ...patch }, createKnownNames(stores, tenantId));
};

const patchGrant = async (
  stores: GraphStores,
  { tenantId, grant }: ConditionalAccessPolicy,
  patch: Patch['grantControls'],
): Promise<ConditionalAccessPolicy['grant']> => {
  if (patch === undefined) return grant;
  return readGrant(patch, await createKnownNames(stores, tenantId).locations(patch.locations ?? []));
};
