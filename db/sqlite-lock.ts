import { databaseInUse } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite } from './better-sqlite.js';

/**
 * Holds `<file>-lock`, a small database beside the real one, for as long as this process lives: the operating system
 * lets go of it even after kill -9. The real file stays open to short commands. Answers how to let go.
 */
export function holdInstanceLock(file: string): () => void {
  const lock = new BetterSqlite(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const busy = error instanceof BetterSqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
    throw busy ? new ProblemError(databaseInUse(file)) : error;
  }
  return () => lock.close();
}
