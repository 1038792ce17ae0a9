import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Command } from '../../src/command.js';
import { parseLine } from '../../src/command-line.js';
import { fieldsOf } from '../../src/options.js';
import { limits } from './limits.js';

/** Lines of earlier days, newest first. A history that cannot be read or written is no reason to stop. */
export function loadHistory(path: string | null): string[] {
  if (path === null) return [];
  try {
    return readFileSync(path, 'utf8').split('\n').filter(Boolean).slice(0, limits.historyLines);
  } catch {
    return [];
  }
}

export function saveHistory(
  path: string | null,
  lines: readonly string[],
  commands: readonly Command[],
): void {
  if (path === null) return;
  const kept = lines.filter((line) => mayBeKept(line, commands)).slice(0, limits.historyLines);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, kept.map((line) => `${line}\n`).join(''), { mode: 0o600 });
  } catch {
    return;
  }
}

/** Only lines that were understood and carry nothing secret; a URL or anything like a token is never written down. */
export function mayBeKept(line: string, commands: readonly Command[]): boolean {
  if (/:\/\/|[?&=]|token|[\p{L}\p{N}_+/-]{24,}/iu.test(line)) return false;
  const parsed = parseLine(line, commands);
  if (parsed.kind !== 'command') return parsed.kind === 'help';
  return fieldsOf(parsed.command.options).every(({ name, field }) => {
    return !(name in parsed.options) || (field !== 'secret' && field !== 'lines');
  });
}
