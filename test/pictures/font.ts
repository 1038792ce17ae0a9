import { readFileSync } from 'node:fs';

/** How wide the letters of a font are, so that lines can be broken without a browser. */
export interface Font {
  has(character: string): boolean;
  /** In units of the font's size. */
  width(text: string): number;
}

/** Reads the advance widths of a TrueType font: the tables head, hhea, hmtx and cmap (format 4 or 12). */
export function readFont(file: string): Font {
  const data = readFileSync(file);
  const tables = new Map<string, number>();
  for (let index = 0; index < data.readUInt16BE(4); index += 1) {
    const entry = 12 + index * 16;
    tables.set(data.toString('latin1', entry, entry + 4), data.readUInt32BE(entry + 8));
  }
  const at = (name: string) => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`${file} has no table ${name}`);
    return offset;
  };
  const unitsPerEm = data.readUInt16BE(at('head') + 18);
  const metrics = data.readUInt16BE(at('hhea') + 34);
  const advance = (glyph: number) => data.readUInt16BE(at('hmtx') + Math.min(glyph, metrics - 1) * 4);
  const glyphs = readGlyphs(data, at('cmap'));
  const widthOf = (character: string) => {
    const glyph = glyphs.get(character.codePointAt(0) ?? 0);
    return glyph === undefined ? 0 : advance(glyph) / unitsPerEm;
  };
  return {
    has: (character) => glyphs.has(character.codePointAt(0) ?? 0),
    width: (text) => [...text].reduce((sum, character) => sum + widthOf(character), 0),
  };
}

function readGlyphs(data: Buffer, cmap: number): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < data.readUInt16BE(cmap + 2); index += 1) {
    const table = cmap + data.readUInt32BE(cmap + 8 + index * 8);
    const format = data.readUInt16BE(table);
    if (format === 4) readFormat4(data, table, glyphs);
    if (format === 12) readFormat12(data, table, glyphs);
  }
  return glyphs;
}

function readFormat4(data: Buffer, table: number, glyphs: Map<number, number>): void {
  const doubled = data.readUInt16BE(table + 6);
  for (let segment = 0; segment < doubled; segment += 2) {
    const end = data.readUInt16BE(table + 14 + segment);
    const start = data.readUInt16BE(table + 16 + doubled + segment);
    const delta = data.readUInt16BE(table + 16 + doubled * 2 + segment);
    const rangeAt = table + 16 + doubled * 3 + segment;
    const range = data.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code += 1) {
      const found = range === 0 ? code : data.readUInt16BE(rangeAt + range + (code - start) * 2);
      const glyph = range !== 0 && found === 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) glyphs.set(code, glyph);
    }
  }
}

function readFormat12(data: Buffer, table: number, glyphs: Map<number, number>): void {
  for (let group = 0; group < data.readUInt32BE(table + 12); group += 1) {
    const entry = table + 16 + group * 12;
    const start = data.readUInt32BE(entry);
    for (let code = start; code <= data.readUInt32BE(entry + 4); code += 1) {
      glyphs.set(code, data.readUInt32BE(entry + 8) + code - start);
    }
  }
}
