import { armError } from '@holdfast/arm';
import type { Operation } from '@holdfast/contracts';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { type Exchange, headerOf } from '../exchange.ts';

/** Parses the body as JSON and checks it by the operation's schema. Nothing is coerced, removed or filled in. */
export const validateBody = (operations: readonly Operation[]) => {
  const validators = compile(operations);
  return (exchange: Exchange): void => {
    const validate = validators.get(exchange.operation?.id ?? '');
    if (validate === undefined) return;
    checkMediaType(exchange);
    const body = parseJson(exchange.request.body);
    if (!validate(body)) throw armError('InvalidRequestContent', { detail: faultOf(validate) });
    exchange.body = body;
  };
};

const compile = (operations: readonly Operation[]): ReadonlyMap<string, ValidateFunction> => {
  const ajv = new Ajv({ coerceTypes: false, removeAdditional: false, useDefaults: false, strict: false });
  formats.default(ajv);
  return new Map(operations.flatMap((each) => (each.body === undefined ? [] : [[each.id, ajv.compile(each.body)]])));
};

const checkMediaType = (exchange: Exchange): void => {
  const type = headerOf(exchange.request, 'content-type');
  if (type === undefined || /^application\/([\w.-]+\+)?json\b/i.test(type)) return;
  throw armError('UnsupportedMediaType', { type });
};

const parseJson = (body: Buffer | undefined): unknown => {
  if (body === undefined || body.length === 0) throw armError('InvalidRequestContent', { detail: 'the body is empty' });
  try {
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw armError(
      'InvalidRequestContent',
      { detail: `the body is not JSON${placeOf(cause as SyntaxError)}` },
      { cause },
    );
  }
};

/** Of the faults of alternatives, such as an object or null, one that helps. */
const firstFault = (faults: readonly ErrorObject[]): ErrorObject | undefined =>
  faults.find(({ keyword }) => keyword === 'additionalProperties') ??
  faults.find(({ params }) => params['type'] !== 'null') ??
  faults[0];

/** Where it stops being JSON. The parser's own words would repeat what stands there, be it a password. */
const placeOf = ({ message }: SyntaxError): string => /\bat position \d+/.exec(message)?.[0].replace(/^/, ' ') ?? '';

const faultOf = (validate: ValidateFunction): string => {
  const fault = firstFault(validate.errors ?? []);
  const unknown = fault?.params['additionalProperty'];
  if (unknown !== undefined) return `there is no property '${unknown}' that could be set here`;
  const place =
    fault?.instancePath === '' || fault === undefined ? 'the body' : fault.instancePath.slice(1).replaceAll('/', '.');
  return `${place} ${fault?.message ?? 'is invalid'}`;
};
