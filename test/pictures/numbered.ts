import { letters, widthOf } from './letters.js';
import { type ParagraphStyle, type Piece, paragraph, type Run } from './piece.js';

const indent = 34;

/** A step of a list: its number stands before all of its lines. */
export function numbered(number: string, runs: readonly Run[], style: ParagraphStyle): Piece {
  const words = paragraph(runs, { ...style, width: style.width - indent });
  const label = `${number}.`;
  return {
    height: words.height,
    draw: (x, y) =>
      letters(
        label,
        x + indent - 8 - widthOf(label, style),
        y + style.lineHeight / 2 + style.size * 0.36,
        style,
      ) + words.draw(x + indent, y),
  };
}
