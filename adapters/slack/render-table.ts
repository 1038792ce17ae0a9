import type { types } from '@slack/bolt';
import type { Block } from '../../src/card.js';
import { mutedText, preformatted, richText } from './elements.js';
import { limits } from './limits.js';
import { safeLine } from './safe-text.js';

type Table = Extract<Block, { type: 'table' }>;

/** A message takes one table of Slack's own. */
export function renderTable(table: Table): types.KnownBlock[] {
  const columns = table.columns.slice(0, limits.tableColumns);
  if (columns.length === 0) return [];
  const rows: types.TableBlock['rows'] = [];
  let used = 0;
  for (const row of [columns.map(({ label }) => label), ...table.rows]) {
    const cells = columns.map((_, index) => ({
      type: 'raw_text' as const,
      text: safeLine(row[index] ?? '', limits.cell),
    }));
    used += JSON.stringify(cells).length;
    if (rows.length === limits.tableRows || (used > limits.tableCharacters && rows.length > 1)) break;
    rows.push(cells);
  }
  const settings = columns.map(({ align = 'left' }) => ({ align, is_wrapped: align === 'left' }));
  const block: types.TableBlock = { type: 'table', rows, column_settings: settings };
  return [block, ...notes(table, rows.length - 1, columns.length)];
}

/** The same in aligned letters of one width, where Slack's own table cannot stand. */
export function renderLetterTable(table: Table): types.KnownBlock[] {
  const columns = table.columns.slice(0, limits.tableColumns);
  if (columns.length === 0) return [];
  const texts = [columns.map(({ label }) => label), ...table.rows].map((row) =>
    columns.map((_, index) => safeLine(row[index] ?? '', 28)),
  );
  const widths = columns.map((_, index) =>
    Math.max(...texts.slice(0, 200).map((row) => row[index]?.length ?? 0)),
  );
  const lines: string[] = [];
  let used = 0;
  for (const row of texts) {
    const cells = row.map((cell, index) => {
      const width = widths[index] ?? 0;
      return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
    });
    const line = cells.join('  ').trimEnd();
    used += line.length + 1;
    if (used > limits.text - 1 && lines.length > 1) break;
    lines.push(line);
  }
  // A no-break space keeps the first line's indent, which trimming would take.
  const text = lines.join('\n').replace(/^ +/, (spaces) => '\u00a0'.repeat(spaces.length));
  return [richText(preformatted(text)), ...notes(table, lines.length - 1, columns.length)];
}

function notes(table: Table, rows: number, columns: number): types.KnownBlock[] {
  const said: string[] = [];
  const more = table.rows.length + (table.left ?? 0) - rows;
  if (table.rows.length === 0) said.push('(no rows)');
  if (more > 0)
    said.push(`${more} more ${more === 1 ? 'row' : 'rows'}${table.more ? `: ${table.more}` : ''}`);
  const hidden = table.columns.length - columns;
  if (hidden > 0) said.push(`${hidden} more ${hidden === 1 ? 'column' : 'columns'}`);
  return said.length > 0 ? [mutedText(said.map((note) => safeLine(note, 300)).join(' · '))] : [];
}
