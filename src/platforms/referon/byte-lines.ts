import { afterQuotes, quote } from './after-quotes.js';
import type { LinePlaces } from './line-places.js';
import type { Lines } from './lines.js';

/** Lines that stay in the file's bytes (UTF-8), and become text when they are asked for. Their quotes must be sound. */
export function byteLines(bytes: Buffer, delimiter: string, { length, places }: LinePlaces): Lines {
  const parting = delimiter.charCodeAt(0);
  const startOf = (line: number) => places[2 * line] ?? 0;
  const endOf = (line: number) => places[2 * line + 1] ?? 0;

  /** Where the cell that begins at `start` ends. */
  function endOfCell(start: number, end: number): number {
    let at = bytes[start] === quote ? afterQuotes(bytes, start, end) : start;
    while (at < end && bytes[at] !== parting) at += 1;
    return at;
  }

  function textOf(start: number, end: number): string {
    const text = bytes.toString('utf8', start, end);
    return bytes[start] === quote && start < end ? unquoted(text) : text;
  }

  return {
    length,
    cellsOf(line) {
      const text = bytes.toString('utf8', startOf(line), endOf(line));
      const parts = text.split(delimiter);
      return text.includes('"') ? joinQuoted(parts, delimiter) : parts;
    },
    cellOf(line, column) {
      const end = endOf(line);
      let at = startOf(line);
      for (let before = 0; before < column; before += 1) {
        at = endOfCell(at, end) + 1;
        if (at > end) return undefined;
      }
      return textOf(at, endOfCell(at, end));
    },
  };
}

/** Cells of parts that were split inside quotes too. */
function joinQuoted(parts: readonly string[], delimiter: string): string[] {
  const cells: string[] = [];
  let open: string[] = [];
  let isOpen = false;
  for (const part of parts) {
    if (open.length === 0 && !part.startsWith('"')) {
      cells.push(part);
      continue;
    }
    open.push(part);
    for (let at = part.indexOf('"'); at >= 0; at = part.indexOf('"', at + 1)) isOpen = !isOpen;
    if (isOpen) continue;
    cells.push(unquoted(open.join(delimiter)));
    open = [];
  }
  return cells;
}

/** The closing quote is the last one: what may stand behind it (a zero byte) holds none. */
function unquoted(text: string): string {
  const close = text.lastIndexOf('"');
  const inside = text.slice(1, close);
  return (inside.includes('"') ? inside.replaceAll('""', '"') : inside) + text.slice(close + 1);
}
