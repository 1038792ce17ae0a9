import type { Command } from './command.js';
import { fieldsOf } from './options.js';
import { fileAndText, fileNotText, fileTooLarge } from './problems/chosen-file.js';
import { ProblemError } from './problems/problem.js';

/** Far more than the 200 lines that an import takes. */
const mostBytes = 1_000_000;

/** A file that a person chose on a surface, before it is fetched. */
export interface ChosenFile {
  /** Bytes, as the surface says; 0 where it does not. */
  readonly size: number;
  /** Its content in pieces; may throw a `ProblemError`. */
  fetch(): Promise<AsyncIterable<Uint8Array>>;
}

/** The option of a command that takes many lines, or a file in their place; `null` where there is none. */
export function fileOption(command: Pick<Command, 'options'>): string | null {
  return fieldsOf(command.options).find(({ field }) => field === 'lines')?.name ?? null;
}

/** Puts a file's text where its lines would have been typed. Throws a `ProblemError` for what cannot be read. */
export async function withFile(
  options: Readonly<Record<string, string>>,
  option: string,
  file: ChosenFile,
): Promise<Record<string, string>> {
  if (options[option]?.trim()) throw new ProblemError(fileAndText(option));
  if (file.size > mostBytes) throw new ProblemError(fileTooLarge(mostBytes));
  return { ...options, [option]: readFileText(await readWhole(await file.fetch())) };
}

/** UTF-8, or UTF-16 that says so at its beginning. Throws a `ProblemError` for all else: no letter is guessed. */
function readFileText(content: Uint8Array): string {
  const [first, second] = content;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    throw new ProblemError(fileNotText());
  }
  if (text.includes('\0')) throw new ProblemError(fileNotText());
  return text;
}

/** What a surface says about a size is not relied on. */
async function readWhole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes > mostBytes) throw new ProblemError(fileTooLarge(mostBytes));
    read.push(piece);
  }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of read) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
