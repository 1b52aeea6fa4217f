import { Type } from 'typebox';
import { flag, known } from './fields.ts';

/** Every group here is a security group, so it makes no difference which are asked for. */
export const getMemberGroupsBody = known({ securityEnabledOnly: flag });

/** Graph's limit. */
export const checkMemberGroupsBody = known({
  groupIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 20 }),
});
