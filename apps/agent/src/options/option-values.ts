/** Where a value came from; the earlier wins. */
export type OptionSource = 'command line' | 'config file';

/** What was given for one command. Names are long option names without dashes. */
export interface OptionValues {
  /** Undefined when not given; an empty text counts as not given, as in scripts with unset variables. */
  text(name: string): string | undefined;
  on(name: string): boolean;
  sourceOf(name: string): OptionSource | undefined;
}

export type OptionMap = ReadonlyMap<string, string | boolean>;

export const mergeOptions = (commandLine: OptionMap, configFile: OptionMap): OptionValues => {
  const sourceOf = (name: string): OptionSource | undefined => {
    if (commandLine.has(name)) return 'command line';
    return configFile.has(name) ? 'config file' : undefined;
  };
  const given = (name: string) => commandLine.get(name) ?? configFile.get(name);
  return {
    sourceOf,
    on: (name) => given(name) === true,
    text: (name) => {
      const value = given(name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
  };
};
