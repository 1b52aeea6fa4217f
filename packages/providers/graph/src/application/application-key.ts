import { parseUuid, type Uuid } from '@holdfast/kernel';

/** How a path names an application or a service principal: by its own id, or as `appId='…'`. */
export type ObjectKey = { readonly by: 'id' | 'appId'; readonly id: Uuid };

export const parseObjectKey = (text: string): ObjectKey | undefined => {
  const appId = /^appId='(.+)'$/i.exec(text)?.[1];
  const id = parseUuid(appId ?? text);
  return id.ok ? { by: appId === undefined ? 'id' : 'appId', id: id.value } : undefined;
};
