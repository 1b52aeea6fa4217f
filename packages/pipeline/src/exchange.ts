import type { ApiVersion, ETag } from '@holdfast/arm';
import type { Answer, MachineCaller, Operation, Principal, Visibility } from '@holdfast/contracts';

/** The parts of an HTTP request the stages read. `body` is the raw text, parsed only by the stage that validates it. */
export interface IncomingRequest {
  readonly method: string;
  /** Path and query, path normalised. */
  readonly url: string;
  /** Path template parameters of the matched operation, percent-decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer | undefined;
}

/** One request on its way through the stages. Each stage fills in what it found; none reads what a later one fills. */
export interface Exchange {
  readonly request: IncomingRequest;
  /** Undefined until known to exist: the stage `findOperation` refuses an exchange without one. */
  readonly operation: Operation | undefined;
  readonly now: Date;
  readonly correlationId: string;
  readonly requestId: string;
  query: ReadonlyMap<string, string>;
  apiVersion: ApiVersion | undefined;
  caller: Principal | MachineCaller | undefined;
  visibility: Visibility;
  /** Whether the caller may do something else in the directory. */
  may: (action: string) => boolean;
  body: unknown;
  answer: (Answer & { readonly etag?: ETag }) | undefined;
}

export const headerOf = (request: IncomingRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The path without the query. */
export const pathOf = (request: IncomingRequest): string => request.url.split('?', 1)[0] ?? '';
