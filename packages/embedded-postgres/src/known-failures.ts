import { type EmbeddedPostgresError, failure, useOwnServer } from './failure.ts';

interface KnownFailure {
  /** How initdb, postgres or the loader word it (LC_ALL=C). */
  readonly says: RegExp;
  readonly remedy: string;
}

const knownFailures: readonly KnownFailure[] = [
  {
    says: /error while loading shared libraries/,
    remedy: 'install the library it names with the package manager of this system',
  },
  {
    says: /could not look up effective user ID/,
    remedy: 'initdb needs an entry for this user in /etc/passwd: add one, or run as a user that has one',
  },
  {
    says: /has wrong ownership/,
    remedy: 'give the folder `server` and everything in it to one account (chown -R), not root',
  },
  { says: /No space left on device|could not resize shared memory/, remedy: 'free some disk space' },
  {
    says: /incompatible with server|not compatible with this version/,
    remedy: 'another major version of PostgreSQL made this cluster: use its binaries, or dump and restore',
  },
  { says: /Read-only file system|Permission denied|EACCES/, remedy: 'choose a folder that its account may write to' },
  { says: /ENOENT|Exec format error|ENOEXEC/, remedy: 'the binaries do not run on this system: name others' },
  { says: /EPERM|Operation not permitted/, remedy: 'root may not change its user id here: run as an ordinary user' },
];

const shownLines = 15;

/** StartFailed with what the program said last and, where we know it, the way out. */
export const explainedFailure = (what: string, output: string): EmbeddedPostgresError => {
  const remedy = knownFailures.find(({ says }) => says.test(output))?.remedy ?? 'see the lines below';
  const lines = output.trimEnd().split('\n').slice(-shownLines);
  return failure('StartFailed', [`${what}: ${remedy}, ${useOwnServer}`, ...lines].join('\n  '));
};
