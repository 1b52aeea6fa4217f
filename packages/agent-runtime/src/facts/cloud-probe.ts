import { request } from 'node:http';
import { type Clock, seconds } from '@holdfast/kernel';

/** The cloud that answers on the link-local metadata address: `AWS`, `Azure`, `GCP`, `OCI`, or empty. */
export type CloudProbe = () => Promise<string>;

export interface CloudProbeSettings {
  readonly clock: Clock;
  readonly origin?: string;
  readonly timeoutMs?: number;
}

interface Question {
  readonly provider: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  recognises(answer: { status: number; headers: Readonly<Record<string, string | string[] | undefined>> }): boolean;
}

/** Each is answered by one cloud's metadata service only, and none asks for anything secret. */
const questions: readonly Question[] = [
  {
    provider: 'AWS',
    path: '/latest/meta-data/',
    headers: {},
    // Where session tokens are required the answer is 401, from the same server.
    recognises: ({ headers }) => /^EC2/i.test(String(headers['server'])),
  },
  {
    provider: 'GCP',
    path: '/computeMetadata/v1/',
    headers: { 'metadata-flavor': 'Google' },
    recognises: ({ headers }) => headers['metadata-flavor'] === 'Google',
  },
  {
    provider: 'Azure',
    path: '/metadata/versions',
    headers: { metadata: 'true' },
    recognises: ({ status, headers }) => status === 200 && /^IMDS/i.test(String(headers['server'])),
  },
  {
    provider: 'OCI',
    path: '/opc/v2/instance/region',
    headers: { authorization: 'Bearer Oracle' },
    recognises: ({ status, headers }) => status === 200 && headers['opc-request-id'] !== undefined,
  },
];

/** A probe that asks once, for at most `timeoutMs` (1 s), and remembers. Silence and errors mean no cloud. */
export const createCloudProbe = (settings: CloudProbeSettings): CloudProbe => {
  let answer: Promise<string> | undefined;
  return () => {
    answer ??= probe(settings);
    return answer;
  };
};

const probe = async (settings: CloudProbeSettings): Promise<string> => {
  const { clock, origin = 'http://169.254.169.254', timeoutMs = seconds(1) } = settings;
  const over = new AbortController();
  const asked = Promise.all(questions.map((question) => ask(question, origin, over.signal)));
  const answers = await Promise.race([asked, clock.sleep(timeoutMs, over.signal).then(() => [])]);
  over.abort();
  return answers.find((provider) => provider !== '') ?? '';
};

const ask = (question: Question, origin: string, signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    const call = request(new URL(question.path, origin), { headers: question.headers, signal, agent: false });
    call.on('error', () => resolve(''));
    call.on('response', (response) => {
      response.destroy();
      const answer = { status: response.statusCode ?? 0, headers: response.headers };
      resolve(question.recognises(answer) ? question.provider : '');
    });
    call.end();
  });
