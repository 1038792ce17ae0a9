import type { Button } from '../../src/card.js';
import { displayWidth } from './display-width.js';
import { limits } from './limits.js';
import type { Paint } from './paint.js';
import { safeLine } from './safe-text.js';
import { wrapHanging } from './wrap-text.js';

const gap = '   ';

/** Buttons as numbered choices: `[1] Fix these and go on   [2] Paste another URL`. */
export function renderActions(
  buttons: readonly Button[],
  firstNumber: number,
  width: number,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  let used = 0;
  buttons.forEach((button, index) => {
    const number = `[${firstNumber + index}]`;
    const label = safeLine(button.label, limits.label);
    const plain = `${number} ${label}`;
    const wide = displayWidth(plain);
    if (wide > width) {
      lines.push(...wrapHanging(`${number} `, [label], width));
      used = width;
      return;
    }
    const drawn = `${paint('cyan', number)} ${button.style ? paint(button.style === 'danger' ? 'red' : 'bold', label) : label}`;
    if (lines.length > 0 && used + gap.length + wide <= width) {
      lines.splice(-1, 1, `${lines.at(-1)}${gap}${drawn}`);
      used += gap.length + wide;
      return;
    }
    lines.push(drawn);
    used = wide;
  });
  return lines;
}
