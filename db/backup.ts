import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Instant } from '../src/dates.js';
import { backupUnusable } from '../src/problems/database.js';
import { backupIsDatabase, backupNotWritten, databaseNotThere } from '../src/problems/operations.js';
import { ProblemError } from '../src/problems/problem.js';
import { BetterSqlite } from './better-sqlite.js';
import { openDatabase } from './open.js';
import { holdInstanceLock } from './sqlite-lock.js';
import { named } from './sqlite-problems.js';

/**
 * Copies a SQLite database to `target` while the bot may go on writing. `target` is whole and verified, or as it was.
 * Answers its size in bytes.
 */
export function backupDatabase(file: string, target: string): number {
  if (!existsSync(file)) throw new ProblemError(databaseNotThere(file));
  refuseSame(target, file);
  const unfinished = `${target}.unfinished`;
  makeEmpty(unfinished, target);
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
    sync(unfinished);
    renameSync(unfinished, target);
    return statSync(target).size;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/**
 * Puts a verified backup in the place of `file`, brought up to date and marked as restored `at` this instant, so that
 * nothing old is said. Answers how many waiting messages were dropped, and where what was there is kept beside it.
 * Throws `database.in-use` while a bot runs on it.
 */
export async function restoreDatabase(
  backup: string,
  file: string,
  at: Instant,
): Promise<{ readonly dropped: number; readonly replaced: string | null }> {
  verify(backup);
  refuseSame(backup, file);
  mkdirSync(dirname(file), { recursive: true });
  const letGo = holdInstanceLock(file);
  const unfinished = `${file}.unfinished`;
  try {
    remove(unfinished);
    copyFileSync(backup, unfinished);
    const dropped = await markRestored(unfinished, at);
    verify(unfinished);
    sync(unfinished);
    const replaced = setAside(file);
    renameSync(unfinished, file);
    return { dropped, replaced };
  } finally {
    remove(unfinished);
    letGo();
  }
}

/** In the copy, before it takes its place: a restore that is killed leaves no database without its mark. */
async function markRestored(copy: string, at: Instant): Promise<number> {
  const { stores, close } = await openDatabase(copy);
  try {
    return await stores.restores.mark(at);
  } finally {
    await close();
  }
}

function refuseSame(backup: string, file: string): void {
  const isSame = existsSync(backup) && existsSync(file) && realpathSync(backup) === realpathSync(file);
  if (isSame) throw new ProblemError(backupIsDatabase(backup));
}

/** SQLite fills a file that is there and empty; made here, its faults are told from those of the database. */
function makeEmpty(unfinished: string, target: string): void {
  try {
    mkdirSync(dirname(target), { recursive: true });
    rmSync(unfinished, { force: true });
    closeSync(openSync(unfinished, 'wx', 0o600));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    throw new ProblemError(backupNotWritten(target, reason));
  }
}

function sync(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function remove(file: string): void {
  for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
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
function setAside(file: string): string | null {
  const replaced = existsSync(file) ? `${file}.replaced` : null;
  for (const part of ['', '-wal', '-shm']) {
    if (existsSync(file + part)) renameSync(file + part, `${file}.replaced${part}`);
  }
  return replaced;
}
