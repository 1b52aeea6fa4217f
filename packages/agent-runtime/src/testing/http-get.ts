import { request } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly rawHeaders: readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON bodies
  readonly body: any;
}

export interface HttpAsked {
  readonly port: number;
  readonly path: string;
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

/** One request on a connection of its own. */
export const httpGet = ({ host = '127.0.0.1', method = 'GET', ...asked }: HttpAsked): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ ...asked, host, method, agent: false }, async (answer) => {
      let text = '';
      for await (const part of answer) text += part;
      resolve({ status: answer.statusCode ?? 0, rawHeaders: answer.rawHeaders, body: JSON.parse(text || 'null') });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
