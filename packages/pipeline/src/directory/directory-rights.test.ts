import type { Principal } from '@holdfast/contracts';
import { describe, expect, test } from 'vitest';
import type { DirectoryActions } from '../ports.ts';
import { owner, tenantId } from '../test-tokens.test-support.ts';
import { directoryRights } from './directory-rights.ts';

const person = (...scopes: string[]): Principal => ({ kind: 'User', objectId: owner, tenantId, name: 'ann', scopes });
const program = (...permissions: string[]): Principal => ({
  kind: 'Application',
  objectId: owner,
  tenantId,
  name: 'app',
  permissions,
});
const role = (actions: string[], notActions: string[] = []): DirectoryActions => ({
  actions: actions.map((each) => `microsoft.directory/${each}`),
  notActions: notActions.map((each) => `microsoft.directory/${each}`),
});
const everything = role(['*']);
const member = role(['users/read', 'applications/read', 'me/*']);

describe('a person may do what both the person and the program in between may', () => {
  test.each<[boolean, string, readonly DirectoryActions[], string[]]>([
    [true, 'users/read', [member], ['Directory.AccessAsUser.All']],
    [true, 'users/read', [member], ['User.ReadBasic.All']],
    [true, 'users/read', [member], ['openid', 'User.Read.All']],
    [false, 'users/read', [member], ['User.Read']],
    [false, 'users/read', [member], []],
    [false, 'users/read', [], ['Directory.AccessAsUser.All']],
    [true, 'me/read', [member], ['User.Read']],
    [false, 'me/password/update', [member], ['User.Read']],
    [true, 'me/password/update', [member], ['Directory.AccessAsUser.All']],
    [false, 'users/delete', [member], ['Directory.AccessAsUser.All']],
    [true, 'users/delete', [everything], ['User.ReadWrite.All']],
    [false, 'users/password/update', [everything], ['User.ReadWrite.All']],
    [false, 'users/password/update', [everything], ['Directory.ReadWrite.All']],
    [true, 'users/password/update', [everything], ['Directory.AccessAsUser.All']],
    [false, 'privileged/update', [everything], ['Directory.ReadWrite.All', 'Application.ReadWrite.All']],
    [false, 'users/delete', [role(['*'], ['users/delete'])], ['Directory.AccessAsUser.All']],
    // Of the resource manager, and of nothing: neither opens the directory.
    [false, 'users/read', [everything], ['user_impersonation', '.default', 'offline_access']],
    // An application permission is nobody's delegated one, however it got into the token.
    [false, 'applications/create', [everything], ['Application.ReadWrite.OwnedBy']],
    [true, 'directoryObjects/read', [], []],
  ])('%s: %s', (allowed, action, roles, scopes) => {
    expect(directoryRights(person(...scopes), roles).may(`microsoft.directory/${action}`)).toBe(allowed);
  });

  test.each<[boolean, string, string[]]>([
    [true, 'applications/update', ['Directory.AccessAsUser.All']],
    [true, 'applications/update', ['Application.ReadWrite.All']],
    [false, 'applications/update', ['Application.Read.All']],
    [false, 'groups/update', ['Application.ReadWrite.All']],
  ])('as an owner without a role: %s: %s through %j', (allowed, action, scopes) => {
    const rights = directoryRights(person(...scopes), []);
    expect(rights.may(`microsoft.directory/${action}`)).toBe(false);
    expect(rights.mayAsOwner(`microsoft.directory/${action}`)).toBe(allowed);
  });
});

describe('a program may do what its roles or its permissions allow', () => {
  test.each<[boolean, string, readonly DirectoryActions[], string[]]>([
    [false, 'users/read', [], []],
    [true, 'users/read', [], ['User.Read.All']],
    [true, 'users/read', [], ['Directory.Read.All']],
    [true, 'users/delete', [everything], []],
    [false, 'users/update', [], ['User.Read.All']],
    [true, 'users/update', [], ['User.ReadWrite.All']],
    [false, 'users/password/update', [], ['User.ReadWrite.All', 'Directory.ReadWrite.All']],
    [false, 'directoryRoles/members/update', [], ['Directory.ReadWrite.All', 'Application.ReadWrite.All']],
    [false, 'appRoleAssignments/update', [], ['Directory.ReadWrite.All', 'Application.ReadWrite.All']],
    [false, 'privileged/update', [], ['Directory.ReadWrite.All', 'Application.ReadWrite.All']],
    [true, 'applications/credentials/update', [], ['Application.ReadWrite.All']],
    [false, 'applications/credentials/update', [], ['Application.ReadWrite.OwnedBy']],
    [true, 'applications/create', [], ['Application.ReadWrite.OwnedBy']],
    [true, 'signInReports/read', [], ['AuditLog.Read.All']],
    [false, 'signInReports/read', [], ['Directory.Read.All']],
    [true, 'namedLocations/read', [], ['Policy.Read.All']],
    [false, 'namedLocations/delete', [], ['Policy.Read.All']],
    [true, 'namedLocations/delete', [], ['Policy.ReadWrite.ConditionalAccess']],
    [false, 'conditionalAccessPolicies/read', [], ['Directory.ReadWrite.All']],
    // A delegated permission is nobody's own.
    [false, 'users/read', [], ['Directory.AccessAsUser.All', 'User.ReadBasic.All']],
    [false, 'users/read', [], ['user.read.all', 'User.Read.All2']],
  ])('%s: %s', (allowed, action, roles, permissions) => {
    expect(directoryRights(program(...permissions), roles).may(`microsoft.directory/${action}`)).toBe(allowed);
  });

  test('as an owner only with the permission that says so', () => {
    const action = 'microsoft.directory/applications/credentials/update';
    expect(directoryRights(program('Application.ReadWrite.OwnedBy'), []).mayAsOwner(action)).toBe(true);
    expect(directoryRights(program('Application.Read.All'), []).mayAsOwner(action)).toBe(false);
    expect(directoryRights(program(), [everything]).mayAsOwner(action)).toBe(false);
  });
});
