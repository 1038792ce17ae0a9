import { crc32, deflateSync } from 'node:zlib';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel: red, green, blue, and how solid it is, which is not looked at. */
  readonly data: Uint8Array;
}

const mostColours = 256;
const keyword = 'Drawn from';

/** A PNG of at most 256 colours, the most frequent ones: a third of the size for drawings. `stamp` is kept in it. */
export function indexedPng({ width, height, data }: Pixels, stamp: string): Buffer {
  const pixels = Uint32Array.from({ length: width * height }, (_, index) => {
    const at = index * 4;
    return ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
  });
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].toSorted(([one, often], [other, seldom]) => seldom - often || one - other);
  const palette = byCount.slice(0, mostColours).map(([colour]) => colour);
  const indexOf = new Map([...counts.keys()].map((colour) => [colour, nearest(colour, palette)]));
  const lines = Buffer.alloc((width + 1) * height);
  pixels.forEach((colour, index) => {
    const line = Math.floor(index / width);
    // Each line begins with a zero: no filter.
    lines[line * (width + 1) + 1 + (index % width)] = indexOf.get(colour) ?? 0;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`${keyword}\0${stamp}`, 'latin1')),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channels(colour)))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The stamp of a picture, `null` where it has none. */
export function readStamp(png: Buffer): string | null {
  const start = png.indexOf(`tEXt${keyword}\0`, 0, 'latin1');
  if (start < 4) return null;
  const from = start + 'tEXt'.length + keyword.length + 1;
  return png.toString('latin1', from, start + 'tEXt'.length + png.readUInt32BE(start - 4));
}

function nearest(colour: number, palette: readonly number[]): number {
  const own = channels(colour);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  palette.forEach((other, index) => {
    const distance = channels(other).reduce((sum, value, at) => sum + (value - (own[at] ?? 0)) ** 2, 0);
    if (distance >= least) return;
    least = distance;
    best = index;
  });
  return best;
}

function channels(colour: number): number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(content.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
