import type { RequestResponseLiveValidationResult } from 'oav';
import { expect } from 'vitest';
import { type Deviation, deviations, unspecified } from '../../oav-deviations.ts';
import type { Exchange } from '../recorder.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { findSpecifications, type Specification, specificationsOf } from './specifications.ts';

/** One thing in an exchange that the published contract does not allow. */
export interface Finding {
  readonly operation: string;
  readonly apiVersion: string;
  readonly side: 'request' | 'response';
  readonly code: string;
  /** Where in the body, without positions in lists and without the list around a resource. */
  readonly place: string;
  readonly message: string;
}

/** Fails unless every exchange with the resource manager is as published, or deviates in a way that is accepted. */
export const judge = async (exchanges: readonly Exchange[]): Promise<void> => {
  const folder = findSpecifications();
  if (folder === undefined) return;
  const found = await findingsIn(folder, exchanges);
  expect(found.filter((finding) => deviations.every((each) => !explains(each, finding)))).toEqual([]);
};

/** The accepted deviations that none of the exchanges shows. */
export const unusedDeviations = async (folder: string, exchanges: readonly Exchange[]): Promise<readonly unknown[]> => {
  const found = await findingsIn(folder, exchanges);
  const asked = exchanges.map(({ method, path }) => `${method} ${path}`);
  return [
    ...deviations.filter((each) => !found.some((finding) => explains(each, finding))),
    ...unspecified.filter(({ call }) => !asked.some((each) => call.test(each))),
  ];
};

const explains = (deviation: Deviation, finding: Finding): boolean =>
  deviation.operations.includes(finding.operation) &&
  deviation.side === finding.side &&
  deviation.code === finding.code &&
  deviation.place === finding.place &&
  (deviation.apiVersions?.includes(finding.apiVersion) ?? true);

const armPath = /^\/+(subscriptions|providers|tenants|metadata)\b/i;

const findingsIn = async (folder: string, exchanges: readonly Exchange[]): Promise<readonly Finding[]> => {
  const oracles = createOracles(folder);
  const found: Finding[] = [];
  for (const exchange of exchanges) {
    const { method, path } = exchange;
    if (!armPath.test(path) || unspecified.some(({ call }) => call.test(`${method} ${path}`))) continue;
    found.push(...(await oracles.ask(exchange)));
  }
  return found;
};

/** Which contracts a path falls under: the folder of its provider and the file in it. */
const contractOf = (path: string): readonly [provider: string, file: RegExp] => {
  if (/\/providers\/Microsoft\.Authorization\/roleDefinitions\b/i.test(path))
    return ['authorization', /-RoleDefinitions/];
  if (/\/providers\/Microsoft\.Authorization\/roleAssignments\b/i.test(path))
    return ['authorization', /-RoleAssignments/];
  if (/\/providers\/Microsoft\.HybridCompute\//i.test(path)) return ['hybridcompute', /./];
  if (/\/resourceGroups\b/i.test(path)) return ['resources', /resources\.json$/];
  return ['resources', /subscriptions\.json$/];
};

const createOracles = (folder: string) => {
  const loaded = new Map<string, Promise<Oracle>>();
  const load = (specification: Specification): Promise<Oracle> => {
    const key = specification.files.join();
    const oracle = loaded.get(key) ?? createOracle(folder, specification);
    loaded.set(key, oracle);
    return oracle;
  };
  return {
    ask: async (exchange: Exchange): Promise<readonly Finding[]> => {
      const [provider, file] = contractOf(exchange.path);
      const asked = apiVersionOf(exchange);
      const specification = nearest(specificationsOf(folder, provider), file, asked);
      return findingsOf(exchange, asked, await (await load(specification))(exchange));
    },
  };
};

/** The newest that is not newer than what was asked for, else the oldest. */
const nearest = (all: readonly Specification[], file: RegExp, asked: string): Specification => {
  const fitting = all
    .map(({ apiVersion, files }) => ({ apiVersion, files: files.filter((name) => file.test(name)) }))
    .filter(({ files }) => files.length > 0);
  const found = fitting.findLast(({ apiVersion }) => apiVersion <= asked) ?? fitting[0];
  if (found === undefined) throw new Error(`the contracts hold nothing like ${file}`);
  return found;
};

const apiVersionOf = ({ path }: Exchange): string => /[?&]api-version=([^&]*)/i.exec(path)?.[1]?.toLowerCase() ?? '';

const findingsOf = (
  exchange: Exchange,
  apiVersion: string,
  { requestValidationResult, responseValidationResult }: RequestResponseLiveValidationResult,
): readonly Finding[] => {
  const refused = exchange.status >= 400;
  const { operationInfo } = responseValidationResult;
  const runtimeException = responseValidationResult.runtimeException ?? requestValidationResult.runtimeException;
  const at = { operation: operationInfo.operationId, apiVersion };
  // A call that no contract knows can only be refused, in the words that all of ARM shares.
  if (runtimeException !== undefined) {
    if (refused && isErrorBody(exchange.body)) return [];
    const { code, message } = runtimeException;
    return [{ ...at, operation: `${exchange.method} ${exchange.path}`, side: 'response', code, place: '', message }];
  }
  // What is wrong with a request that was refused is not ours.
  const sides = refused
    ? ([['response', responseValidationResult]] as const)
    : ([
        ['request', requestValidationResult],
        ['response', responseValidationResult],
      ] as const);
  return sides.flatMap(([side, { errors }]) =>
    errors.flatMap(({ code, message, pathsInPayload }) =>
      (pathsInPayload.length === 0 ? [''] : pathsInPayload).map((path) => ({
        ...at,
        side,
        code,
        place: placeOf(path),
        message,
      })),
    ),
  );
};

const placeOf = (path: string): string =>
  path
    .replace(/^\/value\/\d+/, '')
    .replace(/\/\d+(?=\/|$)/g, '/*')
    .replace(/^\//, '');

const isErrorBody = (body: string): boolean => {
  try {
    const { error } = JSON.parse(body) as { error: { code: unknown; message: unknown } };
    return typeof error.code === 'string' && typeof error.message === 'string';
  } catch {
    return false;
  }
};
