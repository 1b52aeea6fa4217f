import { createArmClient } from '../cloud/arm.ts';
import { createHttpClient } from '../cloud/http.ts';
import { alreadyConnected, createHimdsCalls } from '../himds-client/himds-calls.ts';
import { type ConnectRequest, parseConnectRequest } from '../options/connect-request.ts';
import type { Command, CommandContext } from './command.ts';
import { checkConnectivity } from './connect/check-connectivity.ts';
import { createMachine } from './connect/create-machine.ts';
import { findSubscription } from './connect/find-subscription.ts';
import { signIn } from './connect/sign-in.ts';
import { requireElevation } from './require-elevation.ts';
import { retryNotice } from './retry-notice.ts';

/**
 * Connects this machine. Every step can be repeated: cut off anywhere, the same call goes on and ends with one
 * resource, because himds keeps the identity that it prepared for it.
 */
export const connect: Command = async (context) => {
  const { world, report, signal } = context;
  const request = parseConnectRequest(context.values, world);
  requireElevation(world);
  const himds = createHimdsCalls(world);
  report.stage('Connecting this machine. This may take a few minutes', 0);
  const status = await himds.status();
  if (status.state !== 'NotConnected' && status.state !== 'Connecting')
    throw alreadyConnected(status.resourceId ?? undefined);

  const http = createHttpClient({ clock: world.clock, caPem: request.caPem, signal, trace: report.verbose });
  report.stage(`Checking the connection to ${request.endpoint}`, 0.1);
  const endpoints = await checkConnectivity({ http, request, report, clock: world.clock });
  report.stage(`Signing in at ${endpoints.login}`, 0.3);
  const { token, tenantId } = await signIn({ http, request, endpoints, context });
  const { clock } = world;
  const { correlationId } = request;
  const onRetry = retryNotice(report, 'The resource manager');
  const origin = endpoints.resourceManager;
  const arm = createArmClient({ http, origin, token, correlationId, clock, signal, onRetry });
  const purpose = { otherwise: 'AZCM0042', credential: request.credential.kind, origin } as const;
  const subscriptionId = await findSubscription({ arm, purpose, wanted: request.subscription });
  const target = { ...targetOf(request), cloud: request.cloud ?? endpoints.name, tenantId, subscriptionId };

  report.stage(`Creating the resource '${target.resourceName}'`, 0.5);
  const machine = await createMachine({ arm, purpose, himds, status, target, report });
  report.stage('Obtaining the identity certificate', 0.8);
  await himds.complete(machine.id);
  reportSuccess(context, machine);
};

const targetOf = (request: ConnectRequest) => {
  const { endpoint, caPem, resourceGroup, resourceName, location, correlationId, tags } = request;
  return { endpoint, caPem, resourceGroup, resourceName, location, correlationId, tags };
};

const reportSuccess = ({ report }: CommandContext, machine: { id: string; vmId: string }): void => {
  report.info(`Connected this machine. VM Id=${machine.vmId} Resource Id=${machine.id}`);
  const json = { status: 'Connected', resourceId: machine.id, vmId: machine.vmId };
  report.result('', json);
};
