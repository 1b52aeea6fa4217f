import type { MachineFiles } from '../machine-files.ts';

/** The assignments of os-release(5): shell words, quoted or not, without expansion. */
export const readOsRelease = (files: MachineFiles): ReadonlyMap<string, string> => {
  const text = files.readText('/etc/os-release') ?? files.readText('/usr/lib/os-release') ?? '';
  return new Map(
    text.split('\n').flatMap((line) => {
      const [, name, value] = /^\s*([A-Z0-9_]+)=(.*?)\s*$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, unquote(value)] as const];
    }),
  );
};

const unquote = (value: string): string => {
  const [, quote, inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  if (inner === undefined) return value;
  return quote === '"' ? inner.replace(/\\([\\"$`])/g, '$1') : inner;
};
