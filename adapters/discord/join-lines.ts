import { codeText } from './escape.js';

/**
 * As many lines as fit, then how many more there are and what to type to see them.
 * `lines` are finished markup; `short` writes the first line again where even that is too long.
 */
export function joinLines(
  lines: readonly string[],
  most: number,
  options: {
    readonly noun: string;
    readonly more?: string;
    readonly short?: (most: number) => string;
    /** Lines that are not in `lines` either. */
    readonly left?: number;
  },
): string {
  const whole = lines.join('\n');
  const { left: notGiven = 0 } = options;
  if (whole.length <= most && notGiven === 0) return whole;
  const room = most - moreNote(lines.length + notGiven, options).length - 1;
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    if (length + line.length + 1 > room) break;
    kept.push(line);
    length += line.length + 1;
  }
  if (kept.length === 0 && options.short && room > 0) kept.push(options.short(room));
  const left = lines.length - kept.length + notGiven;
  return [...kept, ...(left > 0 ? [moreNote(left, options)] : [])].join('\n').slice(0, Math.max(0, most));
}

/** `… 12 more rows: /report as:csv` */
export function moreNote(
  left: number,
  { noun, more }: { readonly noun: string; readonly more?: string },
): string {
  const command = more ? `: \`${codeText(more.replaceAll('\n', ' '), 150)}\`` : '';
  return `… ${left} more ${noun}${command}`;
}
