export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The bytes of a whole request, ready to be sent any number of times. */
export const renderRequest = (origin: string, { method, target, headers = {}, body = '' }: Request): Buffer => {
  const fields = Object.entries({
    host: new URL(origin).host,
    ...headers,
    ...(body !== '' && { 'content-length': String(Buffer.byteLength(body)) }),
  });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${head}\r\n${body}`);
};
