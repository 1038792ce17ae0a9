import * as probe from './probe.js';
import { ProblemError } from './problem.js';
import { shownValue } from './shown-value.js';

/** What makes an answer unreadable. Each gives the error to throw; the code is always `probe.unreadable`. */
function unreadable(reason: string, retry: 'never' | 'later' = 'never'): ProblemError {
  return new ProblemError(probe.unreadable(reason), retry);
}

export function emptyAnswer(): ProblemError {
  return unreadable('The answer has no content at all.', 'later');
}

export function wrongEncoding(): ProblemError {
  return unreadable(
    'The answer is not valid text: its bytes are damaged or in an unknown encoding.',
    'later',
  );
}

export function brokenJson(): ProblemError {
  return unreadable('The answer is JSON that is cut short or damaged.', 'later');
}

export function deepJson(limit: number): ProblemError {
  return unreadable(`The answer is JSON with more than ${limit} levels.`);
}

export function repeatedKeys(): ProblemError {
  return unreadable('The answer is JSON in which one object names the same key twice.');
}

export function webPage(): ProblemError {
  return unreadable('A web page came in place of the report.', 'later');
}

export function xmlReport(): ProblemError {
  return unreadable('The answer is XML; the JSON or CSV report is needed.');
}

export function errorAnswer(message: string): ProblemError {
  return unreadable(
    message === '' ? 'The answer is an error message.' : `The answer is an error: ${shownValue(message)}.`,
    'later',
  );
}

export function noRowList(): ProblemError {
  return unreadable('The answer has no list of rows.');
}

export function badField(field: string, found: unknown): ProblemError {
  return unreadable(`The field "${field}" holds ${shownValue(found)}.`);
}

export function badRow(row: number, found: unknown): ProblemError {
  return unreadable(`Row ${row} is ${shownValue(found)}, which is not a row of the report.`);
}

/** `wanted` completes "which is not …": `a whole number`, `an amount`, `a day`. */
export function badCell(row: number, column: string, found: unknown, wanted: string): ProblemError {
  return unreadable(`Row ${row}, column "${column}" holds ${shownValue(found)}, which is not ${wanted}.`);
}

export function repeatedCell(row: number, column: string): ProblemError {
  return unreadable(`Row ${row} gives the column "${column}" twice with different values.`);
}

export function missingDay(row: number): ProblemError {
  return unreadable(`Row ${row} has no date, but other rows have one.`);
}

export function otherCurrency(row: number, column: string, found: string, currency: string): ProblemError {
  return unreadable(
    `Row ${row}, column "${column}" is in ${shownValue(found)}, but the row is in ${shownValue(currency)}.`,
  );
}

export function unknownCents(row: number, column: string, currency: string): ProblemError {
  return unreadable(
    `Row ${row}, column "${column}" is in cents, and how many make one ${shownValue(currency)} is not known.`,
  );
}

export function sameKeyTwice(first: number, second: number): ProblemError {
  return unreadable(
    `There are two rows for the same day, brand, campaign and currency: ${first} and ${second}.`,
  );
}

export function tooManyRows(limit: number): ProblemError {
  return new ProblemError(probe.tooLarge(`${limit.toLocaleString('en')} rows`));
}

export function tooMuchInside(limit: string): ProblemError {
  return new ProblemError(probe.tooLarge(limit));
}
