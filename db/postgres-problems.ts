import {
  databaseBusy,
  databaseDiskFull,
  databaseReadOnly,
  databaseRefused,
  databaseSumTooLarge,
  databaseUnreachable,
} from '../src/problems/database.js';
import { ProblemError } from '../src/problems/problem.js';

/** Throws the error again, under its name where a person can do something about it. */
export function nameProblem(error: unknown): never {
  throw problemOf(error) ?? error;
}

// Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
function problemOf(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (/^(40001|40P01|55P03|53300)$/.test(code)) return new ProblemError(databaseBusy(), 'later');
  if (isStalePlan(error)) return new ProblemError(databaseBusy(), 'later');
  if (code === '53100') return new ProblemError(databaseDiskFull(), 'later');
  if (code === '25006') return new ProblemError(databaseReadOnly(), 'later');
  if (code === '22003') return new ProblemError(databaseSumTooLarge());
  if (/^(28000|28P01|3D000)$/.test(code)) return new ProblemError(databaseRefused());
  const lost = /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|08\w{3}|57P0\d)$/;
  if (lost.test(code) || /timeout|Connection terminated/i.test(error.message)) {
    return new ProblemError(databaseUnreachable(), 'later');
  }
  return null;
}

/**
 * A newer version of the program has changed a table, and a statement that was prepared before has other columns now. It
 * fails for as long as the connection lives. The code alone stands for whatever Postgres cannot do.
 */
export function isStalePlan(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && 'routine' in error)) return false;
  return error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}
