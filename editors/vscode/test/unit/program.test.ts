import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { examine } from '../../src/program';

const folder = mkdtempSync(join(tmpdir(), 'zhubi-program-'));
after(() => {
  rmSync(folder, { recursive: true });
});

function program(name: string, content: string | Uint8Array, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const faultOf = async (path: string) => (await examine(path))?.fault;

test('a program that is zhubi has no fault', async () => {
  assert.equal(await examine(program('zhubi', '#!/bin/sh\necho zhubi 0.1.0\n')), undefined);
});

test('each cause has its name', async () => {
  assert.equal(await faultOf(join(folder, 'nowhere')), 'missing');
  assert.equal(await faultOf(join(folder, 'zhubi', 'below-a-file')), 'missing');
  assert.equal(await faultOf(folder), 'forbidden');
  assert.equal(await faultOf(program('plain', 'zhubi', 0o644)), 'forbidden');
  assert.equal(await faultOf('a\0path'), 'foreign');
  // Where its loader is not, and an ELF for a processor that there is not.
  assert.equal(await faultOf(program('loader', '#!/no/such/loader\n')), 'foreign');
  const header = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...Array<number>(9).fill(0), 2, 0, 0xf7, 0, 1, 0, 0, 0]);
  assert.equal(await faultOf(program('elsewhere', header)), 'foreign');
  assert.equal(await faultOf(program('other', '#!/bin/sh\necho other 1.0\n')), 'unsuitable');
});

test('what a program says before it ends is kept for the log', async () => {
  const found = await examine(program('ends', '#!/bin/sh\necho no libc >&2\nexit 3\n'));
  assert.equal(found?.fault, 'unsuitable');
  assert.match(found.said, /no libc/);
});
