import { createRequire } from 'node:module';
import type Driver from 'better-sqlite3';

/**
 * One driver in two versions. From Node 24.19 on, version 12 aborts the process when a statement is collected while no
 * JavaScript runs (nodejs/node moved cleanup hooks into `ObjectWrap`); version 13 is built on Node-API, which does not,
 * but needs Node 22. Version 13 brings its own binaries and is optional: where there is none, 12 is compiled.
 */
function load(): typeof Driver {
  const require = createRequire(import.meta.url);
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 22) return require('better-sqlite3');
  try {
    return require('better-sqlite3-13');
  } catch {
    return require('better-sqlite3');
  }
}

export const BetterSqlite = load();
export type SqliteHandle = Driver.Database;
