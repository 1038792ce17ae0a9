import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backupUnusable } from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite } from './better-sqlite.js';
import { holdInstanceLock } from './sqlite-lock.js';
import { named } from './sqlite-problems.js';

/** Copies a SQLite database to `target` while the bot may go on writing. `target` is whole and verified, or as it was. */
export function backupDatabase(file: string, target: string): void {
  const unfinished = `${target}.unfinished`;
  mkdirSync(dirname(target), { recursive: true });
  rmSync(unfinished, { force: true });
  try {
    named(file, () => {
      const source = new BetterSqlite(file, { fileMustExist: true, timeout: 5000 });
      try {
        source.prepare('VACUUM INTO ?').run(unfinished);
      } finally {
        source.close();
      }
    });
    verify(unfinished);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/**
 * Puts a verified backup in the place of `file`; what was there stays beside it as `<file>.replaced`.
 * Throws `database.in-use` while a bot runs on it.
 */
export function restoreDatabase(backup: string, file: string): void {
  verify(backup);
  const letGo = holdInstanceLock(file);
  const unfinished = `${file}.unfinished`;
  try {
    copyFileSync(backup, unfinished);
    verify(unfinished);
    setAside(file);
    renameSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
    letGo();
  }
}

function verify(file: string): void {
  if (!isSound(file)) throw new ProblemError(backupUnusable(file));
}

function isSound(file: string): boolean {
  try {
    const database = new BetterSqlite(file, { readonly: true, fileMustExist: true });
    try {
      const tables = database.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").all();
      return tables.length === 1 && database.pragma('integrity_check(1)', { simple: true }) === 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof BetterSqlite.SqliteError || error instanceof TypeError) return false;
    throw error;
  }
}

/** The log of the old file must go with it: SQLite would play it into the new one. */
function setAside(file: string): void {
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, `${file}.replaced${part}`);
  }
}
