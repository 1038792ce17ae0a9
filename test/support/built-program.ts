import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '..', '..');
const entry = join(root, 'dist', 'src', 'main.js');

/** The program as users start it: what `npm ci` has built, or built anew where a source file is newer. */
export async function builtProgram(): Promise<string> {
  if (!isCurrent()) {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    await promisify(execFile)(process.execPath, [compiler, '-p', 'tsconfig.json'], { cwd: root });
  }
  return entry;
}

function isCurrent(): boolean {
  if (!existsSync(entry)) return false;
  const builtAt = statSync(entry).mtimeMs;
  return ['src', 'commands', 'adapters', 'db']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && file.name.endsWith('.ts'))
    .every((file) => statSync(join(file.parentPath, file.name)).mtimeMs <= builtAt);
}
