import type { ConnectionParts } from '@holdfast/store-postgres';

/** What the global set-up tells every test file. */
export interface TestServer {
  readonly superuser: ConnectionParts;
  /** The role the product works as. */
  readonly role: { readonly user: string; readonly password: string };
  /** A migrated database that nobody is connected to. */
  readonly template: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    holdfastTestServer: TestServer;
  }
}
