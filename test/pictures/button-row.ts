import { letters, widthOf } from './letters.js';
import { box, type Piece } from './piece.js';

export interface ButtonLook {
  readonly label: string;
  readonly colour: string;
  /** Attributes of its box. */
  readonly look: string;
}

const height = 32;
const padding = 12;
const gap = 8;
const size = 13.5;

/** Buttons beside each other; those that do not fit begin a new row. */
export function buttonRow(buttons: readonly ButtonLook[], width: number): Piece {
  const rows: ButtonLook[][] = [[]];
  let used = 0;
  for (const button of buttons) {
    const own = widthOfButton(button) + gap;
    if (used > 0 && used + own - gap > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(button);
    used += own;
  }
  return {
    height: rows.length * (height + gap) - gap,
    draw: (x, y) => rows.map((row, index) => drawRow(row, x, y + index * (height + gap))).join(''),
  };
}

function drawRow(buttons: readonly ButtonLook[], x: number, y: number): string {
  let left = x;
  return buttons
    .map((button) => {
      const width = widthOfButton(button);
      const style = { size, bold: true, colour: button.colour };
      const drawn =
        box(left, y, width, height, `rx="7" ${button.look}`) +
        letters(button.label, left + padding, y + height / 2 + size * 0.36, style);
      left += width + gap;
      return drawn;
    })
    .join('');
}

function widthOfButton({ label }: ButtonLook): number {
  return widthOf(label, { size, bold: true, colour: '' }) + 2 * padding;
}
