import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

// Makes dist/azcmagent.cjs, the one program of the agent: `node apps/agent/bundle.ts`.

const here = dirname(fileURLToPath(import.meta.url));
const outfile = join(here, 'dist', 'azcmagent.cjs');

/**
 * Nothing of ours does anything by being imported, so what a face does not use is left out: above all the schemas of
 * the contracts, which the agent needs as types only.
 */
const importingDoesNothing: Plugin = {
  name: 'importing-does-nothing',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^(@holdfast\/|\.)/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'resolved' || from.importer.includes('node_modules')) return undefined;
      const resolved = await resolve(path, { ...from, pluginData: 'resolved' });
      return { ...resolved, sideEffects: false };
    });
  },
};

const { metafile, outputFiles } = await build({
  entryPoints: [join(here, 'src', 'main.ts')],
  outfile,
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  format: 'cjs',
  target: 'node26',
  // V8 keeps the text of the program in memory. Names stay, for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  plugins: [importingDoesNothing],
});
// Whole or not at all: another command may be starting from it.
const draft = `${outfile}.${process.pid}`;
mkdirSync(dirname(outfile), { recursive: true });
writeFileSync(draft, outputFiles[0]?.contents ?? '');
chmodSync(draft, 0o755);
renameSync(draft, outfile);

const [bundle] = Object.values(metafile.outputs);
process.stdout.write(`${outfile} ${Math.round((bundle?.bytes ?? 0) / 1024)} KiB\n`);
