export const quote = 0x22;

/** Where a cell's quotes that open at `start` are behind us; two quotes are one of the text. -1 where they never close. */
export function afterQuotes(bytes: Buffer, start: number, end: number): number {
  for (let at = start + 1; at < end; at += 1) {
    if (bytes[at] !== quote) continue;
    if (at + 1 === end || bytes[at + 1] !== quote) return at + 1;
    at += 1;
  }
  return -1;
}
