import { inflateRawSync } from 'node:zlib';
import { brokenSpreadsheet, tooMuchInside } from '../../problems/unreadable-report.js';

const mostInflated = 32 * 1024 * 1024;
const mostEntries = 1000;
/** Rows × columns that a sheet may span; the reader fills every gap up to its outermost cell. */
const mostCells = 20_000_000;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The central directory's place, from the record at the end of the archive. */
function directory(view: DataView): { readonly at: number; readonly entries: number } {
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    return { at: view.getUint32(at + 16, true), entries: view.getUint16(at + 10, true) };
  }
  throw brokenSpreadsheet();
}

function entriesOf(bytes: Uint8Array): readonly Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { at: start, entries: count } = directory(view);
  if (count > mostEntries) throw brokenSpreadsheet();
  const entries: Entry[] = [];
  let at = start;
  while (entries.length < count) {
    if (view.getUint32(at, true) !== 0x02014b50) throw brokenSpreadsheet();
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function inflate(bytes: Uint8Array, entry: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start =
    entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const packed = bytes.subarray(start, start + entry.packed);
  if (entry.method === 0) return packed;
  return inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) });
}

function checkSheet(xml: string): void {
  let widest = 1;
  let longest = 1;
  for (const [, letters = '', row = ''] of xml.matchAll(/\br\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']/g)) {
    let column = 0;
    for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
    widest = Math.max(widest, column);
    longest = Math.max(longest, Number(row));
  }
  if (widest * longest > mostCells) throw tooMuchInside(`${mostCells.toLocaleString('en')} cells`);
}

/** Makes sure that a spreadsheet inflates to what it declares, within the limits, before the reader unpacks it. */
export function checkZip(bytes: Uint8Array): void {
  try {
    const entries = entriesOf(bytes);
    const total = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (total > mostInflated) throw tooMuchInside('32 MiB unpacked');
    for (const entry of entries) {
      const content = inflate(bytes, entry);
      if (content.length !== entry.size) throw brokenSpreadsheet();
      if (/\.xml$/i.test(entry.name) && /sheet/i.test(entry.name))
        checkSheet(new TextDecoder().decode(content));
    }
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && 'code' in error)) throw brokenSpreadsheet();
    throw error;
  }
}
