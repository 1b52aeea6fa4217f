import type { Group } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

export const groupToWire = (group: Group): Entity => ({
  id: group.id,
  displayName: group.displayName,
  description: group.description ?? null,
  mailNickname: group.mailNickname,
  createdDateTime: group.createdAt.toISOString(),
  deletedDateTime: null,
  groupTypes: [],
  mail: null,
  mailEnabled: false,
  securityEnabled: true,
  visibility: null,
});

export const groupAsObject = (group: Group): Entity => ({
  '@odata.type': '#microsoft.graph.group',
  ...groupToWire(group),
});
