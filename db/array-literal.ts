import type { BulkTable, BulkValues } from './connection.js';

/**
 * One column of all rows, as Postgres writes an array. Syntax: https://www.postgresql.org/docs/current/arrays.html.
 * node-postgres would look at each value for what it is, which takes three times as long.
 */
export function arrayLiteral(columns: BulkTable['columns'], values: BulkValues, column: number): string {
  const isInteger = columns[column]?.type === 'integer';
  let literal = '';
  for (let place = column; place < values.length; place += columns.length) {
    const value = values[place] ?? null;
    if (value === null) literal += ',null';
    else literal += isInteger ? `,${value}` : `,"${escaped(String(value))}"`;
  }
  return `{${literal.slice(1)}}`;
}

function escaped(text: string): string {
  return /["\\]/.test(text) ? text.replace(/["\\]/g, '\\$&') : text;
}
