import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { base64url, type Random } from '@holdfast/kernel';

/** Another himds serves this root. */
export class AlreadyRunning extends Error {}

/** Gives the socket's name back; the server itself stays open. */
export type Release = () => void;

/**
 * Makes `server` listen on `path` if no living process does: the socket is also the lock of the state folder, and the
 * kernel frees it with its holder. What a killed one left is cleared.
 * @throws AlreadyRunning
 */
export const claimSocket = async (server: Server, path: string, random: Random): Promise<Release> => {
  makePrivateFolder(dirname(path));
  const draft = join(dirname(path), base64url(random.bytes(6)));
  await listen(server, draft);
  try {
    chmodSync(draft, 0o600);
    // link(2) is the exclusive step: it fails where a name exists, so two starts cannot both hold it.
    while (!linked(draft, path)) await clearDead(path, `${draft}~`);
    const { ino } = statSync(draft);
    return () => releaseIfOurs(path, ino);
  } catch (error) {
    server.close();
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const makePrivateFolder = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(path);
  // In the temporary folder somebody else may have made it first, to listen in our place. Root may act for the
  // account that owns the state.
  const ours = process.geteuid?.();
  const owners = ours === 0 ? [ours, lstatSync(dirname(path)).uid] : [ours];
  if (!owners.includes(uid)) throw new Error(`${path} belongs to another user (uid ${uid})`);
  chmodSync(path, 0o700);
};

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });

const linked = (from: string, to: string): boolean => !failsWith('EEXIST', () => linkSync(from, to));

/** Whether the step fails in the expected way; any other failure is thrown. */
const failsWith = (code: string, step: () => void): boolean => {
  try {
    step();
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return true;
    throw error;
  }
};

/** Moves a dead socket aside before deleting it: should another start have replaced it meanwhile, it goes back. */
const clearDead = async (path: string, aside: string): Promise<void> => {
  if (await isAlive(path)) throw alreadyRunning(path);
  if (failsWith('ENOENT', () => renameSync(path, aside))) return;
  const replaced = await isAlive(aside);
  if (replaced) linked(aside, path);
  rmSync(aside, { force: true });
  if (replaced) throw alreadyRunning(path);
};

const alreadyRunning = (path: string) => new AlreadyRunning(`another himds already serves ${path}`);

const deadSigns = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK']);

const isAlive = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path);
    const settle = (alive: boolean): void => {
      probe.destroy();
      resolve(alive);
    };
    probe.once('connect', () => settle(true));
    probe.once('error', (error: NodeJS.ErrnoException) => settle(!deadSigns.has(error.code ?? '')));
  });

const releaseIfOurs = (path: string, ino: number): void => {
  const held = statSync(path, { throwIfNoEntry: false });
  if (held?.ino === ino) rmSync(path, { force: true });
};
