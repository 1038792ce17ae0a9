/** One measured line: a ratio over something measured beside it, or a plain figure where `over` is empty. */
export interface Line {
  readonly what: string;
  readonly over: string;
  readonly value: number;
  /** What the value should stay within, where there is such a promise. `atLeast` turns it round. */
  readonly limit: number | null;
  readonly atLeast: boolean;
}

export function line(
  what: string,
  over: string,
  value: number,
  limit: number | null = null,
  atLeast = false,
): Line {
  return { what, over, value, limit, atLeast };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}

/** The lines as a table for people. */
export function tableText(lines: readonly Line[]): string {
  const rows = lines.map(({ what, over, value, limit, atLeast }) => {
    const within = limit === null ? '' : (atLeast ? value >= limit : value <= limit) ? 'ok' : 'over';
    const figure = value >= 100 ? value.toFixed(0) : value.toFixed(2);
    const bound = limit === null ? '' : `${atLeast ? '≥' : '≤'} ${limit}`;
    return [what, over === '' ? figure : `${figure} ×`, over, bound, within];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
