import { createHash } from 'node:crypto';
import { Resvg } from '@resvg/resvg-js';
import { chartSvg } from '../../adapters/chart/chart-renderer.js';
import { fontFamily, fontFiles } from '../../adapters/chart/fonts.js';
import type { ChartData } from '../../src/card.js';
import { indexedPng } from './indexed-png.js';
import { round } from './letters.js';
import { box, boxed, type Piece, stack } from './piece.js';

const width = 720;
const margin = 20;
/** Of the drawing, once the margins are taken off. */
export const innerWidth = width - 2 * margin;
/** Sharp at the width of a README, and small. */
const pixelsPerUnit = 1.5;

/** The whole picture as SVG: posts under each other. */
export function paperSvg(posts: readonly Piece[], colour: string): string {
  const whole = boxed(stack(posts, 18), { x: margin, y: margin, width });
  const size = `width="${width}" height="${round(whole.height)}"`;
  const background = box(0, 0, width, whole.height, `fill="${colour}"`);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${background}${whole.draw(0, 0)}</svg>`;
}

export function pngOf(svg: string): Buffer {
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: fontFamily };
  const { width, height, pixels } = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: pixelsPerUnit },
    font,
  }).render();
  return indexedPng({ width, height, data: pixels }, stampOf(svg));
}

/** What a picture was drawn from, in a few letters. */
export function stampOf(svg: string): string {
  return createHash('sha256').update(svg).digest('hex');
}

/** The chart as it is posted, made as wide as wanted. */
export async function chartPiece(chart: ChartData): Promise<(width: number) => Piece> {
  const drawn = await chartSvg(chart);
  const [, own = '760', tall = '400'] = /^<svg width="(\d+)" height="(\d+)"/.exec(drawn) ?? [];
  // The chart library numbers its styles on through the life of a process.
  const inner = drawn
    .replace(/zr\d+-/g, 'zr-')
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '');
  return (wanted) => {
    const scale = wanted / Number(own);
    const height = Number(tall) * scale;
    return {
      height,
      draw: (x, y) =>
        `<g transform="translate(${round(x)} ${round(y)}) scale(${scale})">${inner}</g>${box(x, y, wanted, height, 'fill="none" stroke="#9993" rx="4"')}`,
    };
  };
}
