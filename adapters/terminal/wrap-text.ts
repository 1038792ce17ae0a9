import { displayWidth, takeWidth } from './display-width.js';

/** Breaks a safe line at spaces; a word longer than the line is broken where the line ends. */
export function wrapLine(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/ +/).filter((part) => part !== '')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (displayWidth(joined) <= width) {
      current = joined;
      continue;
    }
    if (current !== '') lines.push(current);
    current = word;
    while (displayWidth(current) > width) {
      const piece = takeWidth(current, width) || [...current].slice(0, 1).join('');
      lines.push(piece);
      current = current.slice(piece.length);
    }
  }
  if (current !== '' || lines.length === 0) lines.push(current);
  return lines;
}

/** Wraps with a text before the first line, such as `1. `; the other lines are indented as far. */
export function wrapHanging(lead: string, lines: readonly string[], width: number): string[] {
  const indent = ' '.repeat(displayWidth(lead));
  return lines
    .flatMap((line) => wrapLine(line, width - indent.length))
    .map((line, index) => `${index === 0 ? lead : indent}${line}`.trimEnd());
}
