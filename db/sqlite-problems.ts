import {
  databaseBusy,
  databaseCannotOpen,
  databaseCorrupt,
  databaseDiskFull,
  databaseReadOnly,
  databaseSumTooLarge,
} from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite } from './better-sqlite.js';

/** Runs `work`, and names what SQLite throws where a person can do something about it. */
export function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw problemOf(error, file) ?? error;
  }
}

// Codes: https://www.sqlite.org/rescode.html, the extended ones share their beginning.
function problemOf(error: unknown, file: string): ProblemError | null {
  if (!(error instanceof BetterSqlite.SqliteError)) return null;
  if (error.message === 'integer overflow') return new ProblemError(databaseSumTooLarge());
  const [, name] = /^SQLITE_([A-Z]+)/.exec(error.code) ?? [];
  switch (name) {
    case 'BUSY':
    case 'LOCKED':
      return new ProblemError(databaseBusy(), 'later');
    case 'FULL':
      return new ProblemError(databaseDiskFull(), 'later');
    case 'READONLY':
      return new ProblemError(databaseReadOnly(), 'later');
    case 'CORRUPT':
    case 'NOTADB':
      return new ProblemError(databaseCorrupt(file));
    case 'CANTOPEN':
      return new ProblemError(databaseCannotOpen(file));
    default:
      return null;
  }
}
