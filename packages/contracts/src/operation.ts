import type { ApiVersion, ETag, Scope, VersionSupport } from '@holdfast/arm';
import type { Uuid } from '@holdfast/kernel';
import type { Static, TSchema } from 'typebox';

/**
 * Who may call, decided before the body is read:
 * - `anonymous`: anybody;
 * - `signed-in`: any valid token (the answer is the caller's own);
 * - `authorized`: `action` must be granted at the request's scope;
 * - `filtered`: `action` (any action at all when there is none) must be granted at the scope or somewhere below; the
 *   answer holds only what is granted;
 * - `directory`: `action` must be granted in the tenant's directory, by a role, a permission of the token or ownership;
 * - `machine`: a connected server's signature (RFC 9421), see agent-protocol/signature.ts.
 */
export type Access = 'anonymous' | 'signed-in' | 'authorized' | 'filtered' | 'directory' | 'machine';

/** What of the directory has owners, who manage it without a role. */
export type OwnedKind = 'application' | 'servicePrincipal' | 'group';

export interface Operation {
  /** The name the contract and the log use, such as `Machines_Get`. */
  readonly id: string;
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Template with `{parameters}`. */
  readonly path: string;
  /** Where `action` must be granted, a template over the same parameters; the path itself when absent. */
  readonly scope?: string;
  readonly access: Access;
  /** The permission needed at the scope, such as `Microsoft.HybridCompute/machines/read`. */
  readonly action?: string;
  /** The kind of the object that the parameter `id` names, when its owners may do this as well. */
  readonly ownedBy?: OwnedKind;
  /** The api-versions answered; absent where the route takes none. */
  readonly versions?: VersionSupport;
  readonly body?: TSchema;
  /** A write runs in one transaction, a read on a snapshot of its own statements. */
  readonly effect: 'read' | 'write';
}

export const operation = <const O extends Operation>(descriptor: O): O => descriptor;

type Holes<Path extends string> = Path extends `${string}{${infer Hole}}${infer Rest}` ? Hole | Holes<Rest> : never;

export type ParametersOf<O extends Operation> = Readonly<Record<Holes<O['path']>, string>>;
export type BodyOf<O extends Operation> = O extends { readonly body: infer S extends TSchema } ? Static<S> : undefined;

/** A person, a program or a machine's own identity, as its token describes it. */
export interface Principal {
  readonly kind: 'User' | 'Application' | 'ManagedIdentity';
  readonly objectId: Uuid;
  readonly tenantId: Uuid;
  /** What `systemData` and error texts call it: a user name or an application id. */
  readonly name: string;
  /** What the program in between may do in a person's name (`scp`); absent for programs. */
  readonly scopes?: readonly string[];
  /** A program's permissions on the directory's API (`roles`); absent for people. */
  readonly permissions?: readonly string[];
}

/** A server that signed the request with its identity key. */
export interface MachineCaller {
  readonly kind: 'Machine';
  readonly machineId: Uuid;
  readonly tenantId: Uuid;
}

/** What a caller may see of a collection: everything below the scope, or only what these scopes cover. */
export type Visibility = 'everything' | readonly Scope[];

/** What is known of a request before its handler runs. One request has one `now`. */
export interface RequestContext<Caller> {
  readonly now: Date;
  readonly correlationId: string;
  readonly caller: Caller;
  readonly apiVersion: ApiVersion;
  /** The public origin of the resource manager, without a trailing slash; links start with it. */
  readonly origin: string;
  readonly visibility: Visibility;
  readonly conditions: { readonly ifMatch?: string | undefined; readonly ifNoneMatch?: string | undefined };
}

/** What is known of a request to the directory's API; `origin` is that API's. */
export interface DirectoryContext extends RequestContext<Principal> {
  /** Whether the caller may do something else as well, wherever it is. */
  readonly may: (action: string) => boolean;
}

type CallerOf<O extends Operation> = O['access'] extends 'anonymous'
  ? undefined
  : O['access'] extends 'machine'
    ? MachineCaller
    : Principal;

type ContextOf<O extends Operation> = O['access'] extends 'directory' ? DirectoryContext : RequestContext<CallerOf<O>>;

export interface OperationRequest<O extends Operation = Operation> {
  readonly context: ContextOf<O>;
  readonly parameters: ParametersOf<O>;
  /** Query parameters by lower-case name, `$` kept. */
  readonly query: ReadonlyMap<string, string>;
  readonly body: BodyOf<O>;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly etag?: ETag;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler<O extends Operation> = (request: OperationRequest<O>) => Promise<Answer>;

/** One handler for each operation of a table: a forgotten one does not compile. */
export type HandlersOf<Table extends Readonly<Record<string, Operation>>> = {
  readonly [Id in keyof Table]: Handler<Table[Id]>;
};
