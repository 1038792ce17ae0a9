import { ProblemError } from './problem.js';

/** What was sealed was changed, moved to another row, or is no sealed text. */
export function cannotOpen(): ProblemError {
  return new ProblemError({
    code: 'secrets.cannot-open',
    what: 'A stored report link cannot be opened.',
    why: 'It was changed or moved in the database since it was sealed, so it is not safe to use.',
    fix: ['Restore the database from a backup.', 'Use /offer renew to paste the report link again.'],
  });
}

export function keyMissing(keyId: string): ProblemError {
  return new ProblemError({
    code: 'secrets.key-missing',
    what: `The key "${keyId}" that sealed a stored report link is not in the key file.`,
    why: 'Without it what it sealed cannot be read by anybody, me included.',
    fix: [
      'Put back the key file that belongs to this database, from its backup.',
      'Run npx tallyman rekey --forget-lost if it is lost for good, then use /offer renew to paste each report link again.',
    ],
  });
}

/** The file can be read by other users of the machine. `mode` as in `0644`. */
export function keyFileExposed(path: string, mode: string): ProblemError {
  return new ProblemError({
    code: 'secrets.key-file-exposed',
    what: `The key file ${path} can be read by other users of this machine (mode ${mode}).`,
    why: 'Whoever has it and a copy of the database can read every report token.',
    fix: [`Run: chmod 600 "${path}"`, 'Run tallyman rekey if somebody may have read it.'],
  });
}

export function keyFileUnreadable(path: string, errorCode: string): ProblemError {
  return new ProblemError({
    code: 'secrets.key-file-unreadable',
    what: `The key file ${path} cannot be read or written (${errorCode}).`,
    why: 'Without it stored report links cannot be opened.',
    fix: [
      'Check that the folder exists and belongs to the user that runs me.',
      'Set TALLYMAN_KEY_FILE to a path that this user may write.',
    ],
  });
}

/** `fault` says which part is wrong, never what it holds. */
export function keyFileMalformed(path: string, fault: string): ProblemError {
  return new ProblemError({
    code: 'secrets.key-file-malformed',
    what: `The key file ${path} is damaged: ${fault}.`,
    why: 'I do not replace it, since a new key could not open what the old one sealed.',
    fix: [
      'Restore the key file from its backup.',
      'Move it away, if there is no database yet, and start again: a new one is made.',
    ],
  });
}

export function keyFileBesideData(path: string, dataFolder: string): ProblemError {
  return new ProblemError({
    code: 'secrets.key-file-beside-data',
    what: `The key file ${path} is inside the data folder ${dataFolder}.`,
    why: 'A copy or backup of that folder would hold both the sealed tokens and the key to them.',
    fix: [
      'Set TALLYMAN_KEY_FILE to a path outside the data folder.',
      'Move the key file there if it exists already.',
    ],
  });
}
