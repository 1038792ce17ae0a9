import type { BulkRow, BulkTable } from './connection.js';

type ColumnType = BulkTable['columns'][number]['type'];

/**
 * One column of many rows, as Postgres writes an array. Syntax: https://www.postgresql.org/docs/current/arrays.html.
 * node-postgres would look at each value for what it is, which takes three times as long.
 */
export function arrayLiteral(type: ColumnType, rows: readonly BulkRow[], column: number): string {
  let literal = '';
  for (const row of rows) {
    const value = row[column] ?? null;
    if (value === null) literal += ',null';
    else literal += type === 'integer' ? `,${value}` : `,"${escaped(String(value))}"`;
  }
  return `{${literal.slice(1)}}`;
}

function escaped(text: string): string {
  return /["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text;
}
