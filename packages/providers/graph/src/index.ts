// provider-graph: the directory's API, the part of Microsoft Graph v1.0 that az and the SDKs use. Only the control plane imports it.
export { createDirectoryAccess, type DirectoryAccessStores } from './access/directory-access.ts';
export { graphHandlers } from './handlers.ts';
export type { DirectoryObjectReader, GraphDependencies, GraphStores, Passwords } from './stores.ts';
