import type { Block } from '../../src/card.js';
import { displayWidth, fitWidth, padWidth } from './display-width.js';
import { limits } from './limits.js';
import type { Paint } from './paint.js';
import { safeLine } from './safe-text.js';
import { wrapHanging, wrapLine } from './wrap-text.js';

type Table = Extract<Block, { type: 'table' }>;

const gap = '  ';

/** A table in aligned columns; where even shrunk texts leave no room for the numbers, a short list a row. */
export function renderTable(table: Table, width: number, paint: Paint): string[] {
  const labels = table.columns.map((column) => safeLine(column.label, limits.label));
  const rows = table.rows
    .slice(0, limits.tableRows)
    .map((row) => labels.map((_, index) => safeLine(row[index] ?? '', limits.label)));
  const natural = labels.map((label, index) =>
    Math.max(displayWidth(label), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const aligns = table.columns.map((column) => column.align ?? 'left');
  const widths = shrink(natural, aligns, width - gap.length * (labels.length - 1));
  const lines = widths
    ? drawColumns(labels, rows, widths, aligns, paint)
    : rows.flatMap((row) => drawList(labels, row, width, paint));
  return [...lines, ...cutNote(table, width, paint)];
}

/** Takes width from the widest text column first; numbers are never cut, `null` when that is not enough. */
function shrink(natural: readonly number[], aligns: readonly string[], width: number): number[] | null {
  const widths = [...natural];
  let excess = widths.reduce((sum, column) => sum + column, 0) - width;
  while (excess > 0) {
    const texts = widths.map((column, index) => (aligns[index] === 'left' ? column : 0));
    const widest = Math.max(...texts);
    if (widest <= limits.textColumn) return null;
    widths[texts.indexOf(widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}

function drawColumns(
  labels: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  aligns: readonly ('left' | 'right')[],
  paint: Paint,
): string[] {
  const draw = (cells: readonly string[]) =>
    cells
      .map((cell, index) => padWidth(fitWidth(cell, widths[index] ?? 0), widths[index] ?? 0, aligns[index]))
      .join(gap)
      .trimEnd();
  return [
    paint('bold', draw(labels)),
    paint('dim', widths.map((column) => '─'.repeat(column)).join(gap)),
    ...rows.map(draw),
  ];
}

function drawList(labels: readonly string[], row: readonly string[], width: number, paint: Paint): string[] {
  const [head = '', ...cells] = row;
  const rest = cells.map((cell, index) => `${labels[index + 1] ?? ''} ${cell}`.trim());
  const lines: string[] = [];
  for (const cell of rest) {
    const joined = lines.length === 0 ? cell : `${lines.at(-1)} · ${cell}`;
    if (displayWidth(joined) <= width - 4) lines.splice(-1, 1, joined);
    else lines.push(...wrapLine(cell, width - 4));
  }
  return [
    ...wrapLine(head === '' ? '–' : head, width).map((line) => paint('bold', line)),
    ...lines.map((line) => `    ${line}`),
  ];
}

function cutNote(table: Table, width: number, paint: Paint): string[] {
  const cut = Math.max(0, table.rows.length - limits.tableRows) + (table.left ?? 0);
  if (cut <= 0) return table.rows.length === 0 ? [paint('dim', '(no rows)')] : [];
  const more = table.more ? `: ${safeLine(table.more, limits.label)}` : '';
  return wrapHanging('', [`${cut} more ${cut === 1 ? 'row' : 'rows'}${more}`], width).map((line) =>
    paint('dim', line),
  );
}
