import type { DirectoryRole } from '@holdfast/directory';
import type { Entity } from '../answers/entity-answer.ts';

/** Roles are built in, so a role is its own template and is known by the same id in every tenant. */
export const directoryRoleToWire = ({ id, displayName, description }: DirectoryRole): Entity => ({
  id,
  displayName,
  description,
  roleTemplateId: id,
  deletedDateTime: null,
});

export const roleTemplateToWire = ({ id, displayName, description }: DirectoryRole): Entity => ({
  id,
  displayName,
  description,
  deletedDateTime: null,
});

export const roleDefinitionToWire = ({ id, displayName, description, actions, notActions }: DirectoryRole): Entity => ({
  id,
  templateId: id,
  displayName,
  description,
  isBuiltIn: true,
  isEnabled: true,
  resourceScopes: ['/'],
  rolePermissions: [{ allowedResourceActions: actions, excludedResourceActions: notActions, condition: null }],
});
