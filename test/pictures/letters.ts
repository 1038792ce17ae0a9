import { fontFamily, fontFiles } from '../../adapters/chart/fonts.js';
import { readFont } from './font.js';

const [regularFile = '', semiBoldFile = ''] = fontFiles();
const regular = readFont(regularFile);
const semiBold = readFont(semiBoldFile);

export interface LetterStyle {
  readonly size: number;
  readonly colour: string;
  readonly bold?: boolean;
  /** Letters of one width, as in code. */
  readonly fixed?: boolean;
}

/** Of a letter of fixed width, in units of the size. */
const fixedWidth = 0.6;
const markWidth = 1.25;
const bars = '▁▂▃▄▅▆▇█';
/** Pictures of the products' own that stand among letters; the fonts have none of them. */
const marks = '✅❌⚠';

export function widthOf(text: string, { size, bold, fixed }: LetterStyle): number {
  if (fixed) return [...text].length * fixedWidth * size;
  const font = bold ? semiBold : regular;
  return [...text].reduce((sum, letter) => {
    if (marks.includes(letter)) return sum + markWidth * size;
    return sum + (bars.includes(letter) ? fixedWidth : font.width(letter)) * size;
  }, 0);
}

/** One line of letters whose foot is at `y`. Throws for a letter that could not be drawn. */
export function letters(text: string, x: number, y: number, style: LetterStyle): string {
  if (style.fixed) return fixedLetters(text, x, y, style);
  const drawn: string[] = [];
  let left = x;
  let plain = '';
  const flush = () => {
    if (plain !== '') drawn.push(textElement(plain, left, y, style));
    left += widthOf(plain, style);
    plain = '';
  };
  for (const letter of text) {
    if (marks.includes(letter) || bars.includes(letter)) {
      flush();
      drawn.push(marks.includes(letter) ? mark(letter, left, y, style.size) : bar(letter, left, y, style));
      left += widthOf(letter, style);
    } else {
      if (!regular.has(letter)) throw new Error(`the fonts have no ${JSON.stringify(letter)} of "${text}"`);
      plain += letter;
    }
  }
  flush();
  return drawn.join('');
}

/** The fonts have no letters of one width: each is put in the middle of its cell. */
function fixedLetters(text: string, x: number, y: number, style: LetterStyle): string {
  const cell = fixedWidth * style.size;
  const places = [...text].map((_, index) => round(x + (index + 0.5) * cell)).join(' ');
  return `<text x="${places}" y="${round(y)}" text-anchor="middle" ${look(style)}>${escapeXml(text)}</text>`;
}

function textElement(text: string, x: number, y: number, style: LetterStyle): string {
  return `<text x="${round(x)}" y="${round(y)}" font-kerning="none" ${look(style)}>${escapeXml(text)}</text>`;
}

function look({ size, colour, bold }: LetterStyle): string {
  return `xml:space="preserve" font-family="${fontFamily}" font-size="${size}" font-weight="${bold ? 600 : 400}" fill="${colour}"`;
}

function bar(letter: string, x: number, y: number, { size, colour }: LetterStyle): string {
  const height = ((bars.indexOf(letter) + 1) / bars.length) * size * 0.85;
  const width = fixedWidth * size - 1;
  return `<rect x="${round(x)}" y="${round(y - height)}" width="${round(width)}" height="${round(height)}" fill="${colour}"/>`;
}

function mark(letter: string, x: number, y: number, size: number): string {
  const shapes: Readonly<Record<string, string>> = {
    '✅': '<rect width="20" height="20" rx="4" fill="#3fb950"/><path d="M5 10.5l3.5 3.5L15 6.5" fill="none" stroke="#fff" stroke-width="2.6"/>',
    '❌': '<path d="M3 3L17 17M17 3L3 17" fill="none" stroke="#dd2e44" stroke-width="4.2"/>',
    '⚠': '<path d="M10 1.5L19 18.5H1z" fill="#ffcc4d"/><path d="M10 7v6M10 14.6v2" stroke="#231f20" stroke-width="2.2"/>',
  };
  const scale = round((size * 1.05) / 20);
  return `<g transform="translate(${round(x)} ${round(y - size * 0.9)}) scale(${scale})">${shapes[letter]}</g>`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
