import { basename } from 'node:path';
import { env } from 'node:process';

/**
 * One program with two faces: the daemon when it is called `himds` or told so first, else the command line. Neither
 * loads the other's code.
 */
const main = async (argv: readonly string[]): Promise<number> => {
  const [first, ...rest] = argv;
  if (first === 'himds') return (await import('./himds.ts')).runHimds(rest, env);
  if (basename(process.argv0, '.exe') === 'himds') return (await import('./himds.ts')).runHimds(argv, env);
  return (await import('./cli.ts')).runCli([...argv], env);
};

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
