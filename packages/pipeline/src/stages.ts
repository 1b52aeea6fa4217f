import type { Access } from '@holdfast/contracts';
import { armAudiences, directoryAudiences } from './authentication/audiences.ts';
import { createBearerVerifier } from './authentication/bearer-verifier.ts';
import type { Exchange } from './exchange.ts';
import type { PipelineDependencies } from './ports.ts';
import { authenticateMachine } from './stages/authenticate-machine.ts';
import { authenticatePrincipal } from './stages/authenticate-principal.ts';
import { authorize, authorizeFiltered } from './stages/authorize.ts';
import { authorizeDirectory } from './stages/authorize-directory.ts';
import { findOperation } from './stages/find-operation.ts';
import { parseTarget } from './stages/parse-target.ts';
import { runHandler } from './stages/run-handler.ts';
import { validateBody } from './stages/validate-body.ts';

/** Passes or throws; may fill in the exchange. */
export type Stage = (exchange: Exchange) => void | Promise<void>;

/** The kinds of operation; the unknown ones are requests that no operation of the API in question answers. */
export type Kind = Access | 'unknown' | 'unknown-directory';

/**
 * The way of a request. Rows are stages in their order, columns the kinds of operation, `x` where a stage applies.
 * The order decides which of several errors a client sees: it is part of the contract.
 */
export const stagesOf = (dependencies: PipelineDependencies): Readonly<Record<Kind, readonly Stage[]>> => {
  const { access, directoryAccess, handlers, machineKeys, operations, origin, graphOrigin } = dependencies;
  const x = true;
  const o = false;
  const management = { ...dependencies, audiences: armAudiences(origin), delegated: 'user_impersonation' };
  const directory = { ...dependencies, audiences: directoryAudiences(graphOrigin) };
  // biome-ignore format: the columns line up
  const rows: readonly (readonly [Stage, ...boolean[]])[] = [
    //                                                         anonymous
    //                                                         |  signed-in
    //                                                         |  |  authorized
    //                                                         |  |  |  filtered
    //                                                         |  |  |  |  machine
    //                                                         |  |  |  |  |  unknown
    //                                                         |  |  |  |  |  |  directory
    //                                                         |  |  |  |  |  |  |  unknown-directory
    [parseTarget,                                              x, x, x, x, x, x, x, x],
    [authenticatePrincipal(createBearerVerifier(management)),  o, x, x, x, o, x, o, o],
    [authenticatePrincipal(createBearerVerifier(directory)),   o, o, o, o, o, o, x, x],
    [authenticateMachine(machineKeys),                         o, o, o, o, x, o, o, o],
    [findOperation(operations),                                o, o, o, o, o, x, o, x],
    [authorize(access),                                        o, o, x, o, o, o, o, o],
    [authorizeFiltered(access),                                o, o, o, x, o, o, o, o],
    [authorizeDirectory(directoryAccess),                      o, o, o, o, o, o, x, o],
    [validateBody(operations),                                 x, x, x, x, x, o, x, o],
    [runHandler(handlers, origin),                             x, x, x, x, x, o, o, o],
    [runHandler(handlers, graphOrigin),                        o, o, o, o, o, o, x, o],
  ];
  const column = (at: number) => rows.filter((row) => row[at] === x).map(([stage]) => stage);
  return {
    anonymous: column(1),
    'signed-in': column(2),
    authorized: column(3),
    filtered: column(4),
    machine: column(5),
    unknown: column(6),
    directory: column(7),
    'unknown-directory': column(8),
  };
};
