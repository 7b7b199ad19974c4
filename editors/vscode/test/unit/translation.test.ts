import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import bundle from '../../l10n/bundle.l10n.zh-cn.json';
import english from '../../package.nls.json';
import chinese from '../../package.nls.zh-cn.json';

// Tests run in the folder of the extension.
const manifest = readFileSync('package.json', 'utf8');

test('each text of the manifest is there in English and in Chinese', () => {
  const used = new Set([...manifest.matchAll(/%([\w.]+)%/g)].map(([, key]) => key));
  assert.deepEqual(new Set(Object.keys(english)), used);
  assert.deepEqual(new Set(Object.keys(chinese)), used);
});

test('each text of the code is there in Chinese', () => {
  const sources = readdirSync('src').map((name) => readFileSync(`src/${name}`, 'utf8'));
  const used = new Set(sources.flatMap((source) => [...source.matchAll(/l10n\.t\(\s*'([^']+)'/g)].map(([, text]) => text)));
  assert.deepEqual(new Set(Object.keys(bundle)), used);
});

test('each command of the manifest has its code', () => {
  const { contributes } = JSON.parse(manifest) as { contributes: { commands: { command: string }[] } };
  const code = readFileSync('src/commands.ts', 'utf8');
  for (const { command } of contributes.commands) {
    assert.ok(code.includes(`'${command}'`), command);
  }
});
