import { type LiveRequest, type LiveResponse, LiveValidator, type RequestResponseLiveValidationResult } from 'oav';
import type { Exchange } from '../recorder.ts';
import type { Specification } from './specifications.ts';

/** What one published api-version of one provider says of an exchange. */
export type Oracle = (exchange: Exchange) => Promise<RequestResponseLiveValidationResult>;

/** Loads the contract once; takes about a quarter of a second. */
export const createOracle = async (folder: string, { apiVersion, files }: Specification): Promise<Oracle> => {
  const silent = () => undefined;
  const validator = new LiveValidator(
    {
      fileRoot: '/',
      directory: folder,
      swaggerPaths: [...files],
      git: { shouldClone: false },
      isArmCall: true,
      loadValidatorInBackground: false,
      loadValidatorInInitialize: true,
    },
    silent,
  );
  await validator.initialize();
  return (exchange) =>
    validator.validateLiveRequestResponse({
      liveRequest: requestOf(exchange, apiVersion),
      liveResponse: responseOf(exchange),
    });
};

/** The operation is found by the api-version, so an exchange in one that is not published is put in this one's terms. */
const requestOf = ({ method, path, requestHeaders, requestBody }: Exchange, apiVersion: string): LiveRequest => {
  const url = new URL(withScope(path.replace(/\/{2,}/g, '/')), 'https://localhost');
  const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [spelled(name), value]));
  query['api-version'] = apiVersion;
  url.search = new URLSearchParams(query).toString();
  const body = parsed(requestBody);
  return { url: url.href, method, query, headers: textsOf(requestHeaders), ...(body !== undefined && { body }) };
};

/** The tenant's root is the empty scope, which no path of a contract, `/{scope}/providers/…`, fits: a name stands for it. */
const withScope = (path: string): string => path.replace(/^\/(?=providers\/Microsoft\.Authorization\/)/i, '/root/');

/** Query names compare without letter case; contracts spell them one way. */
const spelled = (name: string): string => {
  const known = ['api-version', '$top', '$skipToken', '$filter', '$expand'];
  return known.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
};

const responseOf = ({ status, headers, body }: Exchange): LiveResponse => {
  const content = parsed(body);
  return { statusCode: String(status), headers: textsOf(headers), ...(content !== undefined && { body: content }) };
};

const parsed = (body: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};

const textsOf = (headers: Exchange['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
