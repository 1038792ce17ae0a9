import type { Problem } from './problem.js';

/** Problems of `tallyman move`. In each of them nothing has changed on either side. */

const unchanged = 'Nothing was changed, here or there.';

export function moveTargetMissing(): Problem {
  return {
    code: 'move.target-missing',
    what: '"tallyman move" needs the address of a Postgres database.',
    why: 'Without it I do not know where to.',
    fix: ['Type: npx tallyman move --to postgres://user:password@host/database'],
  };
}

export function moveFromPostgres(): Problem {
  return {
    code: 'move.from-postgres',
    what: 'DATABASE_URL names a Postgres database already.',
    why: 'What is moved is a SQLite database.',
    fix: ['Set DATABASE_URL to the SQLite file, and give the new address with --to.'],
  };
}

export function moveTargetNotEmpty(): Problem {
  return {
    code: 'move.target-not-empty',
    what: 'The Postgres database is in use already.',
    why: `Two databases cannot be made into one. ${unchanged}`,
    fix: ['Make an empty database.', 'Run this again with its address.'],
  };
}

export function moveSourceOld(file: string): Problem {
  return {
    code: 'move.source-old',
    what: `${file} was last used by an older Tallyman.`,
    why: `Its tables have to be brought up to date first. ${unchanged}`,
    fix: ['Start Tallyman on it once and stop it.', 'Run this again.'],
  };
}

export function moveNotSame(table: string): Problem {
  return {
    code: 'move.not-same',
    what: `The copy of the table "${table}" is not the same as the original.`,
    why: `Something changed or lost rows on the way. ${unchanged}`,
    fix: ['Check the server and its log.', 'Run this again.'],
  };
}

export function moveRowRefused(table: string): Problem {
  return {
    code: 'move.row-refused',
    what: `Postgres does not take a row of the table "${table}".`,
    why: `There is a character in it that Postgres cannot store. ${unchanged}`,
    fix: ['Look for names with unreadable characters and change them.', 'Run this again.'],
  };
}
