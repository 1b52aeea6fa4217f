import { type DirectoryRole, findDirectoryRole } from '@holdfast/directory';
import { notFound } from '../directory-object/require-object.ts';

/** By id, or as `roleTemplateId='…'`. */
export const requireRole = (key: string): DirectoryRole => {
  const role = findDirectoryRole(/^roleTemplateId='(.+)'$/i.exec(key)?.[1] ?? key);
  if (role === undefined) throw notFound(key);
  return role;
};
