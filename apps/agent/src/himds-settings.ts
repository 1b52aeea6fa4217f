import { err, ok, type Result } from '@holdfast/kernel';

export interface HimdsSettings {
  /** Below which the agent's files are: `/` on a real server. */
  readonly root: string;
  readonly metadataPort: number;
  /** Log to stderr as well. */
  readonly foreground: boolean;
}

/** The port that clients of the local endpoint hard-code. */
const compatiblePort = '40342';

/** Reads what himds is started with: `[--foreground]`, AZCMAGENT_ROOT and, for tests, AZCMAGENT_METADATA_PORT. */
export const readHimdsSettings = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<HimdsSettings, string> => {
  const unknown = argv.find((argument) => argument !== '--foreground');
  if (unknown !== undefined) return err(`himds does not know '${unknown}'. Usage: himds [--foreground]`);
  const port = env.AZCMAGENT_METADATA_PORT || compatiblePort;
  const metadataPort = Number(port);
  if (!/^\d{1,5}$/.test(port) || metadataPort > 65_535) return err(`AZCMAGENT_METADATA_PORT '${port}' is not a port`);
  const root = env.AZCMAGENT_ROOT || '/';
  // Clients take the path of a challenge file from a header, up to the first '='.
  if (/[=\p{Cc}]/u.test(root)) return err('AZCMAGENT_ROOT must not contain an equals sign or control characters');
  return ok({ root, metadataPort, foreground: argv.includes('--foreground') });
};
