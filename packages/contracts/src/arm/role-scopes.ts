import {
  type Answer,
  type BodyOf,
  type Operation,
  operation,
  type ParametersOf,
  type Principal,
  type RequestContext,
} from '../operation.ts';

/** The kinds of place that a grant can hold at, each with the path of one. */
const paths = {
  Tenant: '',
  Subscription: '/subscriptions/{subscriptionId}',
  ResourceGroup: '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}',
  Resource:
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{resourceProviderNamespace}/{resourceType}/{resourceName}',
  ChildResource:
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/{resourceProviderNamespace}/{resourceType}/{resourceName}/{childType}/{childName}',
} as const;

export type ScopeKind = keyof typeof paths;

/** What the path of a scope names, whatever kind it is of. */
export interface ScopeParameters {
  readonly subscriptionId?: string;
  readonly resourceGroupName?: string;
  readonly resourceProviderNamespace?: string;
  readonly resourceType?: string;
  readonly resourceName?: string;
  readonly childType?: string;
  readonly childName?: string;
}

/** An operation that every kind of scope has; `path` follows the scope's own. */
type ScopedOperation = Omit<Operation, 'id' | 'scope'>;

/** The operations as they are at one kind of scope: ids end in its name, `RoleAssignments_GetForSubscription`. */
export type OperationsAt<Kind extends ScopeKind, Table> = {
  readonly [Name in keyof Table & string as `${Name}For${Kind}`]: Omit<Table[Name], 'path'> & {
    readonly id: `${Name}For${Kind}`;
    readonly path: `${(typeof paths)[Kind]}${Table[Name] extends ScopedOperation ? Table[Name]['path'] : never}`;
  };
};

/**
 * Collections (`filtered`) need their action at the scope. One item needs it at its own address, which is what a refusal
 * names in ARM's words; a grant at the scope covers it.
 */
export const operationsAt = <Kind extends ScopeKind, const Table extends Readonly<Record<string, ScopedOperation>>>(
  kind: Kind,
  table: Table,
): OperationsAt<Kind, Table> =>
  Object.fromEntries(
    Object.entries(table).map(([name, { path, ...rest }]) => {
      const id = `${name}For${kind}`;
      const scope = rest.access === 'filtered' ? { scope: paths[kind] === '' ? '/' : paths[kind] } : {};
      return [id, operation({ ...rest, ...scope, id, path: `${paths[kind]}${path}` })];
    }),
  ) as OperationsAt<Kind, Table>;

/** A request for an operation at a scope of any kind: its parameters tell which. */
export interface ScopedRequest<O extends ScopedOperation> {
  readonly context: RequestContext<Principal>;
  readonly parameters: ParametersOf<O & { readonly id: string }> & ScopeParameters;
  readonly query: ReadonlyMap<string, string>;
  readonly body: BodyOf<O & { readonly id: string }>;
}

export type ScopedHandler<O extends ScopedOperation> = (request: ScopedRequest<O>) => Promise<Answer>;

/** One handler for each operation of a table, for all kinds of scope: a forgotten one does not compile. */
export type ScopedHandlers<Table extends Readonly<Record<string, ScopedOperation>>> = {
  readonly [Name in keyof Table]: ScopedHandler<Table[Name]>;
};

/** The handlers under the ids that {@link operationsAt} gives their operations. */
export const handlersAt = <Kind extends ScopeKind, Table extends Readonly<Record<string, ScopedOperation>>>(
  kind: Kind,
  handlers: ScopedHandlers<Table>,
): HandlersAt<Kind, Table> =>
  Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [`${name}For${kind}`, handler]),
  ) as unknown as HandlersAt<Kind, Table>;

type HandlersAt<Kind extends ScopeKind, Table extends Readonly<Record<string, ScopedOperation>>> = {
  readonly [Name in keyof Table & string as `${Name}For${Kind}`]: ScopedHandler<Table[Name]>;
};
