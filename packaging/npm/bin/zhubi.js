#!/usr/bin/env node
// Runs the program that lies in the package for this platform.
'use strict';

const { spawnSync } = require('node:child_process');
const platforms = require('./platforms.js');

function fail(why) {
  console.error(`朱笔不能运行：${why}`);
  process.exit(2);
}

const isMusl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
const platform = `${isMusl ? 'alpine' : process.platform}-${process.arch}`;
const known = platforms[platform];
if (!known) {
  fail(`没有 ${platform} 的程序，有的是 ${Object.keys(platforms).join('、')}；可以用 cargo 从源码安装`);
}
let program;
try {
  program = require.resolve(`${known.name}/${known.program}`);
} catch {
  fail(
    `缺少 ${known.name}。多半是安装时略过了可选依赖（--omit=optional、--no-optional），` +
      'node_modules 是从别的系统复制来的，或者 package-lock.json 是在别的系统上写的；删去 node_modules，在本机重新安装',
  );
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: 'inherit' });
if (error) fail(error.message);
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
