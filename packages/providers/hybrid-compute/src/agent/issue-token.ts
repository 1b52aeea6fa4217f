import { armError, formatResourceId } from '@holdfast/arm';
import type { agentOperations, Handler, MachineTokenAnswer } from '@holdfast/contracts';
import type { Uuid } from '@holdfast/kernel';
import type { ConnectedMachineStore } from './connected-machine-store.ts';

/** Makes access tokens for machine identities. */
export interface MachineTokens {
  issue(
    request: MachineTokenRequest,
  ): Promise<{ readonly token: string; readonly notBefore: Date; readonly expiresOn: Date }>;
}

export interface MachineTokenRequest {
  readonly tenantId: Uuid;
  readonly principalId: Uuid;
  readonly clientId: Uuid;
  readonly resourceId: string;
  readonly audience: string;
}

const audiencePattern = /^(https:\/\/|api:\/\/|spn:)?[\w.~:/?#@!$&'()*+,;=%-]{1,2000}$/i;

/** An access token of the machine's own identity, for the program on it that asked. */
export const issueToken =
  (dependencies: {
    connected: ConnectedMachineStore;
    tokens: MachineTokens;
  }): Handler<typeof agentOperations.Agent_IssueToken> =>
  async ({ context, body }) => {
    if (!audiencePattern.test(body.resource)) {
      throw armError(
        'InvalidRequestContent',
        { detail: 'resource must be the URI or the application id of an API' },
        { target: 'resource' },
      );
    }
    const machine = await dependencies.connected.find(context.caller.machineId);
    if (machine === undefined) throw armError('MachineUnknown', {});
    const { token, notBefore, expiresOn } = await dependencies.tokens.issue({
      tenantId: machine.tenantId,
      ...machine.identity,
      resourceId: formatResourceId(machine.id),
      audience: body.resource,
    });
    const answer: MachineTokenAnswer = {
      accessToken: token,
      expiresOn: Math.floor(expiresOn.getTime() / 1000),
      notBefore: Math.floor(notBefore.getTime() / 1000),
    };
    return { status: 200, body: answer };
  };
