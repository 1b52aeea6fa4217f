import { join } from 'node:path';
import { expect } from 'vitest';
import { armClient } from './support/arm-client.ts';
import { testWithSite } from './support/e2e-test.ts';
import { isFree } from './support/free-port.ts';
import { finished, startProgram } from './support/program.ts';
import { projectFolder } from './support/project.ts';
import { enterRealPaths } from './support/real-paths.ts';
import { verifyToken } from './support/verify-token.ts';

// The SDKs take challenge files of /var/opt/azcmagent/tokens and ask port 40342, so the agent runs at its real paths
// here, in a view of the file system that ends with the test.

const test = testWithSite();
const metadataPort = 40_342;
const program = join(projectFolder, 'e2e', 'support', 'managed-identity-program.ts');

test('ManagedIdentityCredential gets tokens that the tenant stands for', async ({ site, skip }) => {
  const realPaths = await enterRealPaths(site.folder);
  const unfit =
    realPaths === undefined ? 'no mount namespace can be had' : await isFree(metadataPort).then(wordsForTaken);
  if (realPaths === undefined || unfit !== undefined) {
    expect(process.env['CI'], unfit).not.toBe('true');
    return skip(unfit);
  }
  const { within } = realPaths;
  const machine = site.machine('real', { root: '/', within, metadataPort });
  try {
    await machine.startHimds();
    expect(await machine.connect()).toMatchObject({ code: 0 });
    expect(machine.state).toBe('/var/opt/azcmagent');

    const env = {
      IDENTITY_ENDPOINT: `http://localhost:${metadataPort}/metadata/identity/oauth2/token`,
      IMDS_ENDPOINT: `http://localhost:${metadataPort}`,
    };
    const tokenFor = async (audience: string): Promise<string> => {
      const scope = `${audience}/.default`;
      const { code, stdout, output } = await finished(
        startProgram([...within, process.execPath, program, scope], { env }),
      );
      expect(code, output).toBe(0);
      return stdout;
    };
    const { endpoint, tenantId } = site.bootstrap;
    const { resourceId } = await machine.show();
    expect(await verifyToken(site.bootstrap, await tokenFor('https://vault.example.com'))).toMatchObject({
      aud: 'https://vault.example.com',
      tid: tenantId,
      xms_mirid: resourceId,
    });
    // The resource manager knows the caller, who was granted nothing yet.
    const arm = armClient(endpoint, await tokenFor(endpoint));
    expect(await arm.send('GET', `${resourceId}?api-version=2025-01-13`)).toMatchObject({
      status: 403,
      body: { error: { code: 'AuthorizationFailed' } },
    });
  } finally {
    await machine.stopHimds();
    await realPaths.leave();
  }
});

const wordsForTaken = (free: boolean): string | undefined =>
  free ? undefined : `port ${metadataPort} is taken: an agent runs on this computer`;
