export interface CsvStyle {
  readonly delimiter: ',' | ';' | '\t';
  readonly quoting: 'minimal' | 'all';
  readonly lineEnd: '\n' | '\r\n';
  readonly byteOrderMark: boolean;
}

export const plainCsv: CsvStyle = { delimiter: ',', quoting: 'minimal', lineEnd: '\n', byteOrderMark: false };

function quoted(cell: string, style: CsvStyle): string {
  const needed = style.quoting === 'all' || cell.includes(style.delimiter) || /["\r\n]/.test(cell);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

export function csvText(rows: readonly (readonly string[])[], style: CsvStyle): string {
  const lines = rows.map((row) => row.map((cell) => quoted(cell, style)).join(style.delimiter));
  return `${style.byteOrderMark ? '\ufeff' : ''}${lines.join(style.lineEnd)}${style.lineEnd}`;
}
