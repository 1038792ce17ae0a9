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

export function noFigureColumn(): ProblemError {
  return unreadable('The report has none of the columns that are read, such as FTD, deposits or NGR.');
}

export function badField(field: string, found: unknown): ProblemError {
  return unreadable(`The field ${shownValue(field)} holds ${shownValue(found)}.`);
}

export function badRow(row: number, found: unknown): ProblemError {
  return unreadable(`Row ${row} is ${shownValue(found)}, which is not a row of the report.`);
}

/** `wanted` completes "which is not …": `a whole number`, `an amount`, `a day`. */
export function badCell(row: number, column: string, found: unknown, wanted: string): ProblemError {
  return unreadable(
    `Row ${row}, column ${shownValue(column)} holds ${shownValue(found)}, which is not ${wanted}.`,
  );
}

export function repeatedCell(row: number, column: string): ProblemError {
  return unreadable(`Row ${row} gives the column ${shownValue(column)} twice with different values.`);
}

export function missingDay(row: number): ProblemError {
  return unreadable(`Row ${row} has no date, but other rows have one.`);
}

export function otherCurrency(row: number, column: string, found: string, currency: string): ProblemError {
  return unreadable(
    `Row ${row}, column ${shownValue(column)} is in ${shownValue(found)}, but the row is in ${shownValue(currency)}.`,
  );
}

export function unknownCents(row: number, column: string, currency: string): ProblemError {
  return unreadable(
    `Row ${row}, column ${shownValue(column)} is in cents, and how many make one ${shownValue(currency)} is not known.`,
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

export function brokenCsv(line: number): ProblemError {
  return unreadable(
    line > 0
      ? `The file has broken quotes or is cut, at line ${line}.`
      : 'The file has broken quotes or is cut.',
    'later',
  );
}

export function brokenSpreadsheet(): ProblemError {
  return unreadable('The spreadsheet file is cut short or damaged.', 'later');
}

export function noKnownHeading(): ProblemError {
  return unreadable('The file has none of the headings of a ReferOn report.');
}

export function repeatedHeading(heading: string): ProblemError {
  return unreadable(`The heading ${shownValue(heading)} occurs twice.`);
}

export function cutHeadings(): ProblemError {
  return unreadable('The file ends inside the line of its headings, so it may be cut.', 'later');
}

export function cutLastLine(row: number, column: string): ProblemError {
  return unreadable(
    `The file ends inside row ${row}, and its last cell, column ${shownValue(column)}, may be cut.`,
    'later',
  );
}

/** `day` is the first that was missing. */
export function endedEarly(day: string): ProblemError {
  return unreadable(`It ended before ${day}, which it had before, and asked again it was another.`, 'later');
}

export function shortRow(row: number, cells: number, headings: number): ProblemError {
  return unreadable(`Row ${row} has ${cells} cells, but there are ${headings} headings.`, 'later');
}

export function unclearNumber(row: number, column: string, found: string): ProblemError {
  return unreadable(
    `Row ${row}, column ${shownValue(column)} holds ${shownValue(found)}, and nothing in the file tells thousands from decimals.`,
  );
}

export function mixedMarks(column: string): ProblemError {
  return unreadable(`The column ${shownValue(column)} writes decimals now with a dot, now with a comma.`);
}

export function unclearDay(row: number, column: string, found: string): ProblemError {
  return unreadable(
    `Row ${row}, column ${shownValue(column)} holds ${shownValue(found)}, and nothing in the file tells the day from the month.`,
  );
}
