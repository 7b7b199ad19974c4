// Makes the npm packages of a release: node packaging/npm/build.mjs PROGRAMS OUT, where PROGRAMS/linux-x64/zhubi is the program
// for that platform. `zhubi` finds the program; what it depends on, a package for each platform, holds it. npm installs the one
// that fits, so that no script runs at installation and nothing else is downloaded.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import platforms from './bin/platforms.js';

const [programs, out] = process.argv.slice(2).map((path) => resolve(path));
if (!programs || !out) {
  console.error('usage: node packaging/npm/build.mjs PROGRAMS OUT');
  process.exit(2);
}
const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const cargo = readFileSync(join(root, 'Cargo.toml'), 'utf8');
const [, version] = cargo.match(/^version = "(.*)"$/m);
const common = { version, license: 'MIT OR Apache-2.0', homepage: 'https://github.com/zhubi/zhubi' };
const work = join(out, 'work');

function pack(manifest, fill) {
  const folder = join(work, manifest.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, ...common }, null, 2)}\n`);
  for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) copyFileSync(join(root, licence), join(folder, licence));
  fill(folder);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', out], { cwd: folder, stdio: 'inherit' });
}

rmSync(work, { recursive: true, force: true });
for (const [platform, { name, program, ...limits }] of Object.entries(platforms)) {
  const file = join(programs, platform, program);
  if (!existsSync(file)) {
    console.error(`left out: ${name}, there is no ${file}`);
    continue;
  }
  pack({ name, description: `zhubi 朱笔 for ${platform}`, ...limits, preferUnplugged: true }, (folder) => {
    copyFileSync(file, join(folder, program));
    chmodSync(join(folder, program), 0o755);
  });
}
pack(
  {
    name: 'zhubi',
    description: '朱笔: proofreads Chinese reports offline; command line and language server',
    keywords: ['chinese', 'proofreading', 'lint', 'lsp', '校对', '错别字', '公文'],
    bin: { zhubi: 'bin/zhubi.js' },
    engines: { node: '>=18' },
    optionalDependencies: Object.fromEntries(Object.values(platforms).map(({ name }) => [name, version])),
  },
  (folder) => {
    cpSync(join(here, 'bin'), join(folder, 'bin'), { recursive: true });
    copyFileSync(join(here, 'README.md'), join(folder, 'README.md'));
  },
);
rmSync(work, { recursive: true });
