// Bundles the extension into dist/, or with --test its unit tests into dist-test/.
import { readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const common = { absWorkingDir: root, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning', loader: { '.txt': 'text' } };

if (process.argv.includes('--test')) {
  rmSync(`${root}dist-test`, { recursive: true, force: true });
  const tests = readdirSync(`${root}test/unit`).map((name) => `test/unit/${name}`);
  await build({ ...common, entryPoints: tests, outdir: 'dist-test', sourcemap: 'inline' });
} else {
  rmSync(`${root}dist`, { recursive: true, force: true });
  await build({ ...common, entryPoints: ['src/extension.ts'], outdir: 'dist', external: ['vscode'], minify: true });
}
