import { join } from 'node:path';
import { expect } from 'vitest';
import { armClient } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { isFree } from './support/free-port.ts';
import { leaveOut } from './support/leave-out.ts';
import { finished, startProgram } from './support/program.ts';
import { projectFolder } from './support/project.ts';
import { enterRealPaths } from './support/real-paths.ts';
import { verifyToken } from './support/verify-token.ts';

// The SDKs take challenge files of /var/opt/azcmagent/tokens only, and ask port 40342. So the agent runs at its real
// paths here, in a view of the file system that ends with the test.

const metadataPort = 40_342;
const metadataUrl = `http://localhost:${metadataPort}`;
const program = join(projectFolder, 'e2e', 'support', 'managed-identity-program.ts');

const test = testWithSite().extend('realPaths', { scope: 'file' }, async ({ site }, { onCleanup }) => {
  const found = await enterRealPaths(site.folder);
  onCleanup(async () => found?.leave());
  return found;
});

test('ManagedIdentityCredential gets tokens that the tenant stands for', async ({ site, realPaths, skip }) => {
  if (realPaths === undefined) return leaveOut('mount namespaces are not allowed here', skip);
  if (!(await isFree(metadataPort))) return leaveOut(`another agent has port ${metadataPort}`, skip);
  const { within } = realPaths;
  const machine = site.machine('real', { root: '/', within, metadataPort });
  expect(machine.state).toBe('/var/opt/azcmagent');
  await machine.startHimds();
  expect(await machine.connect()).toMatchObject({ code: 0 });

  const env = { IDENTITY_ENDPOINT: `${metadataUrl}/metadata/identity/oauth2/token`, IMDS_ENDPOINT: metadataUrl };
  const tokenFor = async (audience: string): Promise<string> => {
    const command = [...within, process.execPath, program, `${audience}/.default`];
    const { code, stdout, output } = await finished(startProgram(command, { env }));
    expect(code, output).toBe(0);
    return stdout;
  };
  const { resourceId } = await machine.show();
  const audience = 'https://vault.example.com';
  expect(await verifyToken(site.bootstrap, await tokenFor(audience))).toMatchObject({
    aud: audience,
    tid: site.bootstrap.tenantId,
    xms_mirid: resourceId,
  });
  // The resource manager knows the caller, who was granted nothing yet.
  const { endpoint } = site.bootstrap;
  const arm = armClient(endpoint, await tokenFor(endpoint));
  expect(await arm.send('GET', `${resourceId}?api-version=2025-01-13`)).toMatchObject({
    status: 403,
    body: { error: { code: 'AuthorizationFailed' } },
  });
});
