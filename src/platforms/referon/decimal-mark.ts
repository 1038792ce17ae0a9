import { mixedMarks } from '../../problems/unreadable-report.js';
import { type Columns, figureColumns } from './columns.js';
import { proofOf, readNumberText } from './number-text.js';
import { cellText, type Table, type TableRows } from './table.js';

type Mark = '.' | ',';

function other(mark: Mark): Mark {
  return mark === '.' ? ',' : '.';
}

function openMark(body: string): Mark {
  return body.includes('.') ? '.' : ',';
}

/** The marks that the numbers of a column prove. Counts are whole, so a lone mark before three digits parts thousands. */
function provenMarks(rows: TableRows, column: number, isCount: boolean): ReadonlySet<Mark> {
  const proven = new Set<Mark>();
  for (const cell of rows.column(column)) {
    if (typeof cell !== 'string' || (!cell.includes('.') && !cell.includes(','))) continue;
    if (/^-?\d+\.\d\d?$/.test(cell)) {
      proven.add('.');
      continue;
    }
    const number = readNumberText(cell.replace('%', ''));
    if (number === null) continue;
    const proof = proofOf(number.body);
    if (proof === '.' || proof === ',') proven.add(proof);
    if (proof === 'open' && isCount) proven.add(other(openMark(number.body)));
  }
  return proven;
}

function onlyMark(marks: ReadonlySet<Mark>): Mark | null {
  const [mark, second] = [...marks];
  return mark !== undefined && second === undefined ? mark : null;
}

/** An amount such as `1500` shows that thousands are not parted, so a lone mark can only be a decimal mark. */
function hasBareThousand(rows: TableRows, money: readonly number[]): boolean {
  return money.some((column) => {
    for (const cell of rows.column(column)) {
      if (typeof cell === 'string' && /^-?\d{4,}(?:[.,]\d+)?$/.test(cell.trim())) return true;
    }
    return false;
  });
}

/**
 * Finds how the file writes decimals. The columns that are read must agree with each other; where they prove nothing,
 * the other figures of the file do; `either` is a file that parts no thousands. `null` means that a number which can be
 * read in two ways must be refused.
 */
export function findDecimalMark(table: Table, columns: Columns): Mark | 'either' | null {
  const { counts, money } = figureColumns(columns);
  const used = new Set<Mark>();
  for (const column of [...money, ...counts]) {
    for (const mark of provenMarks(table.rows, column, counts.includes(column))) {
      used.add(mark);
      if (used.size > 1) throw mixedMarks(cellText(table.headings[column]));
    }
  }
  if (used.size === 1) return onlyMark(used);
  const others = new Set(columns.others.flatMap((column) => [...provenMarks(table.rows, column, false)]));
  return onlyMark(others) ?? (hasBareThousand(table.rows, money) ? 'either' : null);
}
