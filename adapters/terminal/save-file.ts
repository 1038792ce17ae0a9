import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { safeLine } from './safe-text.js';

const mostTries = 1000;

/** A name that stays in its folder on every system: letters, digits, dots, dashes; no leading dot. */
function safeName(name: string): string {
  const plain = safeLine(name)
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  const extension = extname(plain).slice(0, 12);
  const stem = plain.slice(0, plain.length - extname(plain).length).slice(0, 60);
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem);
  return `${reserved ? 'file-' : ''}${stem || 'file'}${extension}`;
}

/** Writes a file under a name that is not taken, readable by its owner alone; answers its path as a person would type it. */
export async function saveFile(folder: string, name: string, content: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const safe = safeName(name);
  const extension = extname(safe);
  const stem = safe.slice(0, safe.length - extension.length);
  for (let count = 1; count <= mostTries; count += 1) {
    const path = resolve(join(folder, count === 1 ? safe : `${stem}-${count}${extension}`));
    try {
      await writeFile(path, content, { flag: 'wx', mode: 0o600 });
      const near = relative(process.cwd(), path);
      return near.startsWith('..') ? path : near;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw Object.assign(new Error('too many files of one name'), { code: 'EEXIST' });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
