import { join, resolve } from 'node:path';

export interface StatePaths {
  readonly folder: string;
  /** The connection's identity: where this machine is connected, and as what. */
  readonly connection: string;
  readonly certsFolder: string;
  readonly identityKey: string;
  readonly identityCertificate: string;
  /** The prepared identity that the control plane has not confirmed yet. */
  readonly pendingConnect: string;
  readonly heartbeat: string;
  readonly tokensFolder: string;
  readonly logFolder: string;
  readonly himdsLog: string;
  readonly runFolder: string;
}

/** The compatible places below `root`, which is `/` on a real server; all absolute. */
export const statePaths = (root: string): StatePaths => {
  const folder = resolve(root, 'var/opt/azcmagent');
  const certsFolder = join(folder, 'certs');
  const logFolder = join(folder, 'log');
  return {
    folder,
    connection: join(folder, 'agentconfig.json'),
    certsFolder,
    identityKey: join(certsFolder, 'identity.key'),
    identityCertificate: join(certsFolder, 'identity.pem'),
    pendingConnect: join(certsFolder, 'pending.json'),
    heartbeat: join(folder, 'heartbeat.json'),
    tokensFolder: join(folder, 'tokens'),
    logFolder,
    himdsLog: join(logFolder, 'himds.log'),
    runFolder: join(folder, 'run'),
  };
};
