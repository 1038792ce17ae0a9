import { crc32, deflateRawSync } from 'node:zlib';

/** A number is written as its text, so that the file holds exactly these digits; a day gets a date format. */
export type SheetCell = string | { readonly number: string } | { readonly serial: number } | null;

function cellXml(cell: SheetCell, column: number, row: number): string {
  const at = `${String.fromCharCode(65 + column)}${row}`;
  if (cell === null) return '';
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  if ('serial' in cell) return `<c r="${at}" s="1"><v>${cell.serial}</v></c>`;
  return `<c r="${at}"><v>${cell.number}</v></c>`;
}

function sheetXml(rows: readonly (readonly SheetCell[])[]): string {
  const lines = rows.map((cells, index) => {
    const inner = cells.map((cell, column) => cellXml(cell, column, index + 1)).join('');
    return `<row r="${index + 1}">${inner}</row>`;
  });
  return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const parts = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Report" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};

interface Entry {
  readonly name: Buffer;
  readonly packed: Buffer;
  readonly content: Buffer;
  readonly declared: number;
}

function header(entry: Entry, signature: number, offset: number | null): Buffer {
  const central = offset === null ? [] : [20];
  const fields = [...central, 20, 0, 8, 0, 0];
  const start = Buffer.alloc(4 + fields.length * 2);
  start.writeUInt32LE(signature, 0);
  for (const [index, field] of fields.entries()) start.writeUInt16LE(field, 4 + index * 2);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(entry.content), 0);
  sizes.writeUInt32LE(entry.packed.length, 4);
  sizes.writeUInt32LE(entry.declared, 8);
  const lengths = Buffer.alloc(offset === null ? 4 : 18);
  lengths.writeUInt16LE(entry.name.length, 0);
  if (offset !== null) lengths.writeUInt32LE(offset, 14);
  return Buffer.concat([start, sizes, lengths, entry.name]);
}

/** Packs files as a zip archive; `declared` overrides the size that the directory claims for a file. */
export function zip(
  files: Readonly<Record<string, string>>,
  declared: Readonly<Record<string, number>> = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const entry = { name: Buffer.from(name), packed, content, declared: declared[name] ?? content.length };
    const local = Buffer.concat([header(entry, 0x04034b50, null), packed]);
    locals.push(local);
    centrals.push(header(entry, 0x02014b50, offset));
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(locals.length, 8);
  end.writeUInt16LE(locals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A small but real spreadsheet file. */
export function spreadsheet(rows: readonly (readonly SheetCell[])[]): Buffer {
  return zip({ ...parts, 'xl/worksheets/sheet1.xml': sheetXml(rows) });
}

/** The same file with a sheet written by hand, and perhaps a false size in the directory. */
export function spreadsheetOf(sheet: string, declared: Readonly<Record<string, number>> = {}): Buffer {
  return zip({ ...parts, 'xl/worksheets/sheet1.xml': sheet }, declared);
}
