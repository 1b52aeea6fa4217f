import { parseConnectTarget } from '../connection/parse-connect-target.ts';
import { type AgentStatus, localApiCalls } from '../local-api/messages.ts';
import { Refusal } from '../local-api/refusal.ts';
import type { LocalCalls } from '../local-api/server.ts';
import { fieldsOf, textIn } from '../parsing/fields.ts';
import type { MachineIdentity } from './machine-identity.ts';

export interface LocalCallParts {
  readonly identity: MachineIdentity;
  readonly status: () => AgentStatus;
  /** Resolves once the state is loaded; calls that come earlier wait for it. */
  readonly ready: Promise<void>;
  readonly stopping: AbortSignal;
  /** Runs changes one after another. */
  readonly queue: <T>(job: () => Promise<T>) => Promise<T>;
}

/** What the command line may ask of himds. */
export const localCalls = ({ identity, status, ready, stopping, queue }: LocalCallParts): LocalCalls => {
  const change = async <T>(job: () => Promise<T>): Promise<T> => {
    await ready;
    return queue(() => {
      if (stopping.aborted) throw new Refusal(503, { code: 'Stopping', message: 'himds is stopping.' });
      return job();
    });
  };
  return {
    [localApiCalls.status]: async () => {
      await ready;
      return status();
    },
    [localApiCalls.prepare]: async (body) => {
      const target = parseConnectTarget(body);
      return change(async () => identity.prepare(target));
    },
    [localApiCalls.complete]: async (body) => {
      const resourceId = textIn(fieldsOf(body, 'the body'), 'resourceId');
      await change(() => identity.complete(resourceId));
      return status();
    },
    [localApiCalls.disconnect]: async () => {
      await change(identity.disconnect);
      return status();
    },
  };
};
