import type { Benchmark, Parameters } from './benchmark.ts';

export interface CommandLine {
  readonly name: string;
  readonly benchmark: Benchmark;
  readonly parameters: Parameters;
}

/** `<name> [--parameter number]…`; throws the usage when it is anything else. */
export const parseCommandLine = (
  argv: readonly string[],
  benchmarks: Readonly<Record<string, Benchmark>>,
): CommandLine => {
  const [name = '', ...options] = argv;
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
  if (benchmark === undefined) throw new Error(usage(benchmarks));
  const parameters: Record<string, number> = { ...benchmark.parameters };
  for (let at = 0; at < options.length; at += 2) {
    const [option = '', value = ''] = options.slice(at, at + 2);
    const parameter = option.replace(/^--/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    const isKnown = option.startsWith('--') && Object.hasOwn(parameters, parameter);
    if (!isKnown || !/^\d{1,7}(\.\d{1,3})?$/.test(value)) throw new Error(usage(benchmarks));
    parameters[parameter] = Number(value);
  }
  return { name, benchmark, parameters };
};

const usage = (benchmarks: Readonly<Record<string, Benchmark>>): string => {
  const rows = Object.entries(benchmarks).map(([name, { parameters }]) => {
    const options = Object.entries(parameters).map(([parameter, value]) => `[--${dashed(parameter)} ${value}]`);
    return `  ${name.padEnd(12)} ${options.join(' ')}`;
  });
  return `usage: npm run bench -- <name> [--parameter number]…\n${rows.join('\n')}`;
};

const dashed = (parameter: string): string => parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
