/**
 * Places are named as {@link areaOf} names them. Besides workspaces, `never` knows `node:x`, `npm:x` and `test:x` (a test's
 * file). `*` stands for any text without a colon, so for any workspace; a leading `!` takes places out again.
 */
export interface Arrow {
  readonly from: readonly string[];
  readonly never: readonly string[];
  readonly because: string;
}

/** Run anywhere: tested in microseconds, bundled into the browser. */
export const purePackages = ['kernel', 'arm', 'contracts', 'authorization', 'rollout', 'agent-core'] as const;

/** Ship to servers and browsers, without server code. */
export const clients = ['apps/agent', 'apps/portal', 'agent-*'] as const;

/** Run in the control plane. Every package belongs to clients, to servers, or to what both share. */
export const servers = [
  'apps/control-plane',
  'authorization',
  'certificate-authority',
  'directory',
  'embedded-postgres',
  'jobs',
  'pipeline',
  'providers/*',
  'rollout*',
  'sealing',
  'store-postgres',
  'token-service',
] as const;

export const sharedByBoth = ['kernel', 'arm', 'contracts'] as const;

/** For tests, and held to no side. */
export const forTests = ['testkit', 'fleet-simulator'] as const;

export const forbiddenImports: readonly Arrow[] = [
  { from: ['*'], never: ['apps/*'], because: 'roots are not libraries' },
  { from: ['kernel'], never: ['*', 'npm:*', 'node:*'], because: 'kernel is the floor' },
  {
    from: purePackages,
    never: ['*', ...purePackages.map((name) => `!${name}`), 'node:*', 'npm:*', '!npm:typebox'],
    because:
      'a pure package has no Node, timers, console, database or HTTP: it is tested in microseconds and runs in the browser',
  },
  {
    from: ['providers/*'],
    never: ['store-postgres', 'npm:kysely', 'npm:pg', 'npm:fastify', 'pipeline'],
    because: 'a provider owns its ports; compose.ts plugs them',
  },
  { from: ['providers/*'], never: ['providers/*'], because: 'ask another provider through a read port you declare' },
  { from: ['store-postgres'], never: ['contracts', 'pipeline'], because: 'rows never meet the wire' },
  {
    from: clients,
    never: ['*', '!kernel', '!arm', '!contracts', '!agent-*'],
    because: 'clients ship without server code',
  },
  {
    from: [...servers, ...sharedByBoth],
    never: ['agent-*'],
    because: 'server and agent meet only in contracts/agent-protocol',
  },
  { from: ['rollout*'], never: ['providers/*'], because: 'the engine sees a Fleet port, not machines' },
  { from: ['token-service'], never: ['providers/*'], because: 'tokens know nothing of resources' },
  {
    from: ['*', '!apps/control-plane'],
    never: ['token-service'],
    because: 'tokens are verified by metadata and keys alone',
  },
  {
    from: ['*', '!apps/control-plane'],
    never: ['pipeline', 'store-postgres', 'embedded-postgres'],
    because: 'the root plugs them together; a package sees its own ports',
  },
  { from: ['*'], never: ['testkit', 'test:*'], because: 'tests get no back doors into production code' },
];

export interface Exemption {
  readonly from: string;
  readonly may: readonly string[];
  /** An import that leaves nothing behind at run time. */
  readonly typesOnly: boolean;
  readonly because: string;
}

export const exemptions: readonly Exemption[] = [
  {
    from: 'store-postgres',
    may: ['token-service'],
    typesOnly: true,
    because: 'it implements the ports that the token service declares: docs/adr/0003-store-implements-token-ports.md',
  },
  {
    from: 'testkit',
    may: ['token-service', 'store-postgres', 'embedded-postgres'],
    typesOnly: false,
    because: 'store contracts are written in what the stores keep, and run on real PostgreSQL with the real migrations',
  },
];
