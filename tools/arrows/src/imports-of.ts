import type { Import } from './tree.ts';

// The formatter writes every import and re-export from the start of a line and with single quotes.
const statement = /^(?:import|export)\b([^'";]*?)\bfrom\s+'([^']+)'/gm;
const bare = /^import\s+'([^']+)'/gm;
const call = /\b(?:import|require|import\.meta\.resolve)\(\s*'([^']+)'/g;

/** Every module that the text of a TypeScript file names: imports, re-exports, dynamic imports. */
export const importsOf = (text: string): readonly Import[] => {
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const stated = [...code.matchAll(statement)].map(([, clause = '', specifier = '']) => ({
    specifier,
    typesOnly: isTypesOnly(clause.trim()),
  }));
  const loaded = [...code.matchAll(bare), ...code.matchAll(call)];
  return [...stated, ...loaded.map(([, specifier = '']) => ({ specifier, typesOnly: false }))];
};

/** `type { … }`, or braces in which every name is a type. */
const isTypesOnly = (clause: string): boolean => {
  if (/^type\s+[^,]/.test(clause)) return true;
  const names = /^\{([^}]*)\}$/
    .exec(clause)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.filter((name) => name !== '').every((name) => name.startsWith('type ')) === true;
};
