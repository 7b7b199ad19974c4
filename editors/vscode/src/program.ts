// The program that is the server: can it be run at all? Asked before it is started, for what an editor's library says of one
// that cannot is neither in the writer's language nor of any help.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

export type Fault =
  /** There is no such file. */
  | 'missing'
  /** The file may not be run, or is none. */
  | 'forbidden'
  /** It is made for another system or processor. */
  | 'foreign'
  /** It runs, but is no zhubi, or ends at once. */
  | 'unsuitable'
  /** It runs, and does not answer. */
  | 'silent';

/** Enough for a program that stands on a slow disk, or is read by a virus scanner first. */
const PATIENCE_MS = 20_000;

/** What is wrong with a program, and what the system or the program itself says of it; nothing where it can be used. */
export function examine(path: string): Promise<{ fault: Fault; said: string } | undefined> {
  return new Promise((resolve) => {
    const done = (error: (Error & { code?: unknown; killed?: boolean }) | null, output: string, errors: string) => {
      if (!error && output.startsWith('zhubi ')) {
        resolve(undefined);
      } else {
        const said = [error?.message ?? '', errors, error ? '' : output].map((it) => it.trim()).filter(Boolean);
        resolve({ fault: faultOf(path, error), said: said.join('\n') });
      }
    };
    try {
      execFile(path, ['--version'], { timeout: PATIENCE_MS, encoding: 'utf8' }, done);
    } catch (error) {
      // Some systems refuse at once: a path that holds a NUL, a program for another processor.
      done(error as Error, '', '');
    }
  });
}

function faultOf(path: string, error: { code?: unknown; killed?: boolean } | null): Fault {
  if (error?.killed) {
    return 'silent';
  }
  switch (error?.code) {
    case 'ENOENT':
      // Where the file is there, what is missing is the system's loader for it.
      return existsSync(path) ? 'foreign' : 'missing';
    case 'ENOTDIR':
      return 'missing';
    case 'EACCES':
    case 'EPERM':
      return 'forbidden';
    default:
      // Exit statuses are numbers; what the system says otherwise is that it cannot run such a file. A shell that took it for
      // a script says so by 126 or 127.
      return typeof error?.code === 'string' || error?.code === 126 || error?.code === 127 ? 'foreign' : 'unsuitable';
  }
}
