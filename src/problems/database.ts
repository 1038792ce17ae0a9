import type { Problem } from './problem.js';

const ours = 'Nothing is wrong with your offers; what is stored is unharmed.';

export function databaseNewer(): Problem {
  return {
    code: 'database.newer',
    what: 'The database was written by a newer Tallyman.',
    why: 'This version does not know all of its tables and could damage what it does not know.',
    fix: [
      'Start the newer version again.',
      'Or restore a backup that was made before the update: npx tallyman restore <backup file>',
    ],
  };
}

export function databaseCorrupt(file: string): Problem {
  return {
    code: 'database.corrupt',
    what: `The file ${file} is damaged, or is not a Tallyman database.`,
    why: 'Figures read from a damaged file could be wrong, so nothing was started.',
    fix: [
      'Check that DATABASE_URL names the right file.',
      `Copy ${file} to a safe place.`,
      'Restore the newest backup: npx tallyman restore <backup file>',
      'Start Tallyman again; days since the backup are read again from the programmes.',
    ],
  };
}

export function databaseInUse(file: string): Problem {
  return {
    code: 'database.in-use',
    what: `Another Tallyman is running on ${file}.`,
    why: 'Two on one file would post each message twice.',
    fix: [
      'Stop the other one, or use it instead.',
      'Set DATABASE_URL to another file if you want a second, separate Tallyman.',
    ],
  };
}

export function databaseBusy(): Problem {
  return {
    code: 'database.busy',
    what: 'The database was held by another program for too long.',
    why: ours,
    fix: ['Wait a minute and try again.', 'Close programs that have the database file open.'],
  };
}

export function databaseDiskFull(): Problem {
  return {
    code: 'database.disk-full',
    what: 'The disk of the database is full.',
    why: ours,
    fix: ['Free some space on that disk.', 'Try again; Tallyman goes on by itself.'],
  };
}

export function databaseReadOnly(): Problem {
  return {
    code: 'database.read-only',
    what: 'The database cannot be written to.',
    why: ours,
    fix: [
      'Check that the disk is not mounted read-only.',
      'Give the user that runs Tallyman the right to write to the database file and its folder.',
    ],
  };
}

export function databaseCannotOpen(file: string): Problem {
  return {
    code: 'database.cannot-open',
    what: `The database file ${file} cannot be opened.`,
    why: 'Tallyman keeps everything there and does not start without it.',
    fix: [
      'Check that DATABASE_URL names the right file.',
      'Give the user that runs Tallyman the right to read and write that file and its folder.',
    ],
  };
}

export function databaseUnreachable(): Problem {
  return {
    code: 'database.unreachable',
    what: 'The Postgres server does not answer.',
    why: ours,
    fix: [
      'Check that the server runs and that DATABASE_URL names its host and port.',
      'Try again; Tallyman goes on by itself.',
    ],
  };
}

export function databaseRefused(): Problem {
  return {
    code: 'database.refused',
    what: 'The Postgres server does not let Tallyman in.',
    why: 'The user, the password or the name of the database in DATABASE_URL is not right.',
    fix: ['Correct user, password and database name in DATABASE_URL.', 'Start Tallyman again.'],
  };
}

export function databaseUrlUnknown(): Problem {
  return {
    code: 'database.url-unknown',
    what: 'DATABASE_URL names a kind of database that Tallyman does not use.',
    why: 'Tallyman works on a SQLite file or on Postgres.',
    fix: ['Set DATABASE_URL to sqlite:data/tallyman.db, or to postgres://user:password@host/database.'],
  };
}

export function databaseSumTooLarge(): Problem {
  return {
    code: 'database.sum-too-large',
    what: 'The sum of these figures is too large to be exact.',
    why: 'Tallyman shows no sum rather than a rounded one.',
    fix: ['Ask for a shorter range, or for fewer offers at once.'],
  };
}

export function backupUnusable(file: string): Problem {
  return {
    code: 'database.backup-unusable',
    what: `The backup ${file} is damaged, or is not a Tallyman database.`,
    why: 'Nothing was replaced: the present database is as it was.',
    fix: ['Choose another backup.', 'Run the restore again with it.'],
  };
}
