import type { Column } from '../../src/card.js';
import { codeText, cutText, escapeText, oneLine } from './escape.js';
import { joinLines, moreNote } from './join-lines.js';
import { drawing } from './limits.js';

export interface TableBlock {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly left?: number;
  readonly more?: string;
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Columns that a text takes in a fixed-width font. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /\p{M}/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** A table in fixed width where it fits a phone held sideways, else a list with a line a row. */
export function renderTable(table: TableBlock, most: number): string {
  const cells = table.rows.map((row) => table.columns.map((_, index) => cellText(row[index] ?? '')));
  const heads = table.columns.map(({ label }) => cellText(label));
  const widths = heads.map((head, index) => {
    return Math.max(width(head), ...cells.map((row) => width(row[index] ?? '')));
  });
  const total = widths.reduce((sum, each) => sum + each + 2, -2);
  return total > drawing.tableWidth || table.columns.length < 2
    ? renderList(table, heads, cells, most)
    : renderFixed(table, heads, cells, widths, most);
}

function cellText(text: string): string {
  return cutText(oneLine(text), drawing.cell);
}

function renderFixed(
  table: TableBlock,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  most: number,
): string {
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => pad(codeText(cell), widths[index] ?? 0, table.columns[index]?.align ?? 'left'))
      .join('  ')
      .trimEnd();
  const head = line(heads);
  const lines = cells.map(line);
  const { left: notGiven = 0 } = table;
  const note = moreNote(lines.length + notGiven, {
    noun: 'rows',
    ...(table.more ? { more: table.more } : {}),
  });
  const frame = '```\n\n```'.length + head.length;
  let room = most - frame;
  const all = lines.reduce((sum, each) => sum + each.length + 1, 0);
  if (all > room || notGiven > 0) room -= note.length + 1;
  const kept: string[] = [];
  for (const each of lines) {
    room -= each.length + 1;
    if (room < 0) break;
    kept.push(each);
  }
  if (kept.length === 0 && lines.length > 0) return renderList(table, heads, cells, most);
  const left = lines.length - kept.length + notGiven;
  const block = `\`\`\`\n${[head, ...kept].join('\n')}\n\`\`\``;
  return left > 0
    ? `${block}\n${moreNote(left, { noun: 'rows', ...(table.more ? { more: table.more } : {}) })}`
    : block;
}

/** `**Lucky Star** · FTD 18 · NGR 12,430.55` */
function renderList(
  table: TableBlock,
  heads: readonly string[],
  cells: readonly (readonly string[])[],
  most: number,
): string {
  const figures = (row: readonly string[]) =>
    row.slice(1).map((cell, index) => `${escapeText(heads[index + 1] ?? '')} ${escapeText(cell)}`);
  const lines = cells.map((row) => [`**${escapeText(row[0] || '–')}**`, ...figures(row)].join(' · '));
  const short = (room: number) => escapeText(`${cells[0]?.join(' · ') ?? ''}`, room);
  return joinLines(lines, most, {
    noun: 'rows',
    short,
    left: table.left ?? 0,
    ...(table.more ? { more: table.more } : {}),
  });
}

function pad(text: string, columns: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, columns - width(text)));
  return align === 'right' ? space + text : text + space;
}
