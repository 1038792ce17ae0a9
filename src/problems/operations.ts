import type { Problem } from './problem.js';

/** Problems of whoever runs the program: serving, backing up, restoring, changing keys. */

/** `command` as typed, such as `backup`. */
export function fileNameMissing(command: string): Problem {
  return {
    code: 'operations.file-missing',
    what: `"tallyman ${command}" needs the name of one file.`,
    why: 'Without it I do not know which backup you mean.',
    fix: [`Type: npx tallyman ${command} backups/tallyman.db`],
  };
}

export function backupIsDatabase(file: string): Problem {
  return {
    code: 'operations.same-file',
    what: `${file} is the database itself.`,
    why: 'A backup has to be another file than the one it is a copy of.',
    fix: ['Name another file, best on another disk.'],
  };
}

/** `reason` is the system's short word, such as `EACCES`. */
export function backupNotWritten(file: string, reason: string): Problem {
  return {
    code: 'operations.backup-not-written',
    what: `The backup ${file} cannot be written (${reason}).`,
    why: 'A backup that was there before is as it was.',
    fix: ['Check that the disk has room and that this user may write there.', 'Try again.'],
  };
}

export function databaseNotThere(file: string): Problem {
  return {
    code: 'operations.no-database',
    what: `There is no database at ${file}.`,
    why: 'So there is nothing to back up.',
    fix: ['Check that DATABASE_URL names the right file, and that you are in the right folder.'],
  };
}

export function databaseInMemory(): Problem {
  return {
    code: 'operations.in-memory',
    what: 'This database is kept in memory only.',
    why: 'It is gone when the program ends, so it can be neither backed up nor restored.',
    fix: ['Set DATABASE_URL to a file, such as sqlite:data/tallyman.db.'],
  };
}

export function postgresBackup(): Problem {
  return {
    code: 'operations.postgres-backup',
    what: 'A Postgres database is backed up with the tools of Postgres.',
    why: 'They know its server, its users and its size better than I do.',
    fix: ['Run: pg_dump --format=custom --file=tallyman.dump "$DATABASE_URL"'],
  };
}

export function postgresRestore(): Problem {
  return {
    code: 'operations.postgres-restore',
    what: 'A Postgres database is restored with the tools of Postgres.',
    why: 'After that I only have to know of it, so that nothing old is posted again.',
    fix: [
      'Stop every Tallyman on this database.',
      'Run: pg_restore --clean --if-exists --dbname="$DATABASE_URL" tallyman.dump',
      'Run: npx tallyman restore --mark',
      'Start Tallyman again.',
    ],
  };
}

export function portTaken(port: number): Problem {
  return {
    code: 'operations.port-taken',
    what: `Another program listens on port ${port} already.`,
    why: 'Health, metrics and what chat products send come in there.',
    fix: ['Stop the other program.', 'Set PORT to a number that is free.'],
  };
}

export function portForbidden(port: number): Problem {
  return {
    code: 'operations.port-forbidden',
    what: `This user may not listen on port ${port}.`,
    why: 'Ports below 1024 are kept for the system.',
    fix: ['Set PORT to a number from 1024 to 65535, and let your proxy pass requests on to it.'],
  };
}

export function othersAtWork(): Problem {
  return {
    code: 'operations.others-at-work',
    what: 'Another Tallyman is at work on this Postgres database.',
    why: 'While keys are changed or a restore is marked, nobody else may use it.',
    fix: ['Stop every Tallyman that uses this database, or let the change of keys end.', 'Run this again.'],
  };
}

/** Some sealed texts open with no key of the key file. */
export function sealedTextsLost(count: number): Problem {
  return {
    code: 'operations.sealed-texts-lost',
    what: `${count === 1 ? 'One stored secret' : `${count} stored secrets`} cannot be opened with any key of the key file.`,
    why: 'Nothing was given up: the old keys are kept for as long as something may need them.',
    fix: [
      'Put back the key file that belongs to this database, and run this again.',
      'Run npx tallyman rekey --forget-lost if it is lost for good, then /offer renew for each offer that asks for it.',
    ],
  };
}
