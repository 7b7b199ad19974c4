// The platforms of a release, by their names there: the package with the program, and what npm has to know to choose it.
'use strict';

const linux = (name, cpu, libc) => ({ name: `@zhubi/cli-${name}`, program: 'zhubi', os: ['linux'], cpu: [cpu], libc: [libc] });
const darwin = (name, cpu) => ({ name: `@zhubi/cli-${name}`, program: 'zhubi', os: ['darwin'], cpu: [cpu] });
const windows = (name, cpu) => ({ name: `@zhubi/cli-${name}`, program: 'zhubi.exe', os: ['win32'], cpu: [cpu] });

module.exports = {
  'linux-x64': linux('linux-x64', 'x64', 'glibc'),
  'linux-arm64': linux('linux-arm64', 'arm64', 'glibc'),
  'alpine-x64': linux('linux-x64-musl', 'x64', 'musl'),
  'alpine-arm64': linux('linux-arm64-musl', 'arm64', 'musl'),
  'darwin-x64': darwin('darwin-x64', 'x64'),
  'darwin-arm64': darwin('darwin-arm64', 'arm64'),
  'win32-x64': windows('win32-x64', 'x64'),
  'win32-arm64': windows('win32-arm64', 'arm64'),
};
