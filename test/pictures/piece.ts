import { type LetterStyle, letters, round, widthOf } from './letters.js';

/** Something that can be drawn once it is known where. */
export interface Piece {
  readonly height: number;
  draw(x: number, y: number): string;
}

export interface Run extends Partial<Omit<LetterStyle, 'size'>> {
  readonly text: string;
  /** A box behind the words, as around code. */
  readonly box?: string;
}

export interface ParagraphStyle extends LetterStyle {
  readonly width: number;
  readonly lineHeight: number;
}

/** One piece under the other. */
export function stack(pieces: readonly Piece[], gap = 0): Piece {
  const gaps = gap * Math.max(0, pieces.length - 1);
  return {
    height: pieces.reduce((sum, { height }) => sum + height, gaps),
    draw(x, y) {
      let top = y;
      return pieces
        .map((piece) => {
          const drawn = piece.draw(x, top);
          top += piece.height + gap;
          return drawn;
        })
        .join('');
    },
  };
}

/** A piece with room around it, and a box behind it where `look` says one. */
export function boxed(
  piece: Piece,
  room: { readonly x: number; readonly y: number; readonly width: number; readonly look?: string },
): Piece {
  const height = piece.height + 2 * room.y;
  return {
    height,
    draw: (x, y) =>
      (room.look ? box(x, y, room.width, height, room.look) : '') + piece.draw(x + room.x, y + room.y),
  };
}

export function box(x: number, y: number, width: number, height: number, look: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${look}/>`;
}

interface Word {
  readonly text: string;
  readonly run: Run;
  readonly width: number;
}

/** Words of several looks, broken into lines. Spaces at a line's end take no room. */
export function paragraph(runs: readonly Run[], style: ParagraphStyle): Piece {
  const lines: Word[][] = [[]];
  let used = 0;
  for (const word of wordsOf(runs, style)) {
    const isBreak = word.text === '\n';
    if (isBreak || (used > 0 && word.text.trim() !== '' && used + word.width > style.width)) {
      lines.push([]);
      used = 0;
    }
    if (isBreak || (used === 0 && lines.length > 1 && word.text.trim() === '')) continue;
    lines.at(-1)?.push(word);
    used += word.width;
    if (word.width > style.width) throw new Error(`"${word.text}" is wider than its line`);
  }
  return {
    height: lines.length * style.lineHeight,
    draw: (x, y) =>
      lines.map((line, index) => drawLine(line, x, y + index * style.lineHeight, style)).join(''),
  };
}

function wordsOf(runs: readonly Run[], style: ParagraphStyle): Word[] {
  return runs.flatMap((run) =>
    run.text
      .replaceAll('\ufe0f', '')
      .split(/(\n| +)/)
      .filter((text) => text !== '')
      .map((text) => ({ text, run, width: widthOf(text, { ...style, ...run }) })),
  );
}

/** Words of one run are drawn together. */
function drawLine(line: readonly Word[], x: number, y: number, style: ParagraphStyle): string {
  const foot = y + style.lineHeight / 2 + style.size * 0.36;
  let left = x;
  let drawn = '';
  for (let start = 0; start < line.length; ) {
    const { run } = line[start] ?? {};
    if (!run) break;
    const end = line.findIndex((word, index) => index > start && word.run !== run);
    const together = line.slice(start, end < 0 ? line.length : end);
    const text = together.map((word) => word.text).join('');
    const look = { ...style, ...run };
    const width = widthOf(text.trimEnd(), look);
    if (run.box) drawn += box(left - 2, y + 2, width + 4, style.lineHeight - 4, `rx="3" ${run.box}`);
    drawn += letters(text.trimEnd(), left, foot, look);
    left += widthOf(text, look);
    start += together.length;
  }
  return drawn;
}
