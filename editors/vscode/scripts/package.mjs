// Packs the extension for a platform with the server in it: npm run package -- linux-x64 ../../target/release/zhubi
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [target, binary] = process.argv.slice(2);
if (!target || !binary) {
  console.error('usage: npm run package -- <platform, such as linux-x64> <the zhubi program for it>');
  process.exit(2);
}
const root = fileURLToPath(new URL('..', import.meta.url));
const name = target.startsWith('win32') ? 'zhubi.exe' : 'zhubi';
rmSync(`${root}server`, { recursive: true, force: true });
mkdirSync(`${root}server`);
copyFileSync(binary, `${root}server/${name}`);
chmodSync(`${root}server/${name}`, 0o755);
// The same that `zhubi schema` prints, as a test of the program proves.
mkdirSync(`${root}schemas`, { recursive: true });
copyFileSync(`${root}../../docs/zhubi.schema.json`, `${root}schemas/zhubi.schema.json`);
copyFileSync(`${root}../../LICENSE-MIT`, `${root}LICENSE.txt`);

process.chdir(root);
await import('./build.mjs');
const out = `zhubi-${target}.vsix`;
// VS Code shows a README's pictures from the web only, so a release says where on the web they are.
const pictures = process.env.PICTURES ? ['--baseImagesUrl', process.env.PICTURES] : ['--no-rewrite-relative-links'];
execFileSync(
  process.execPath,
  ['node_modules/@vscode/vsce/vsce', 'package', '--target', target, '--out', out, '--no-dependencies', ...pictures, '--allow-missing-repository'],
  { stdio: 'inherit' },
);
console.log(out);
