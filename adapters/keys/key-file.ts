import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { KeyFile } from '../../src/operations/rekey.js';
import { ProblemError } from '../../src/problems/problem.js';
import * as problems from '../../src/problems/secrets.js';
import type { KeyRing, SealingKey } from '../../src/vault.js';
import { formatKeyRing, parseKeyRing } from './key-ring-format.js';

export interface KeyFileOptions {
  /** The folder of the database, which must not hold the key. `null` where the database is no file. */
  readonly dataFolder: string | null;
}

/** The key file at this path, with what may be done to it. */
export function keyFileAt(path: string, options: KeyFileOptions): KeyFile {
  return {
    read: () => openKeyFile(path, options),
    addKey: () => addKey(path),
    keepNewest: () => keepNewestKey(path),
  };
}

/** Reads the key ring, and makes it on the first start. Throws a `ProblemError` (`secrets.key-file-…`). */
export async function openKeyFile(path: string, options: KeyFileOptions): Promise<KeyRing> {
  return await explained(path, async () => {
    if (options.dataFolder !== null) await refuseInside(path, options.dataFolder);
    return (await read(path)) ?? (await make(path));
  });
}

/** Adds a new newest key. Old ones stay, so that what they sealed still opens; safe to kill at any moment. */
export async function addKey(path: string): Promise<KeyRing> {
  return await explained(path, async () => {
    const ring = await read(path);
    if (!ring) throw problems.keyFileUnreadable(path, 'ENOENT');
    return await replace(path, { ...ring, keys: [...ring.keys, newKey()] });
  });
}

/** Removes every key but the newest; only for when nothing is sealed with the others any more. */
export async function keepNewestKey(path: string): Promise<KeyRing> {
  return await explained(path, async () => {
    const ring = await read(path);
    if (!ring) throw problems.keyFileUnreadable(path, 'ENOENT');
    return await replace(path, { ...ring, keys: ring.keys.slice(-1) });
  });
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw problems.keyFileUnreadable(path, codeOf(error));
  }
}

async function read(path: string): Promise<KeyRing | null> {
  const file = await open(path, constants.O_RDONLY).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const stat = await file.stat();
    // Windows has no such mode bits; its profile folders are private.
    const isExposed = process.platform !== 'win32' && (stat.mode & 0o077) !== 0;
    if (isExposed) throw problems.keyFileExposed(path, `0${(stat.mode & 0o777).toString(8)}`);
    return parseKeyRing(path, await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}

/** Two first starts at once end with one file: a hard link, unlike a rename, never replaces what is there. */
async function make(path: string): Promise<KeyRing> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const ring: KeyRing = { keys: [newKey()], fingerprintKey: randomBytes(32) };
  const temporary = await writeBeside(path, ring);
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
  await syncFolder(dirname(path));
  const made = await read(path);
  if (!made) throw problems.keyFileUnreadable(path, 'ENOENT');
  return made;
}

async function replace(path: string, ring: KeyRing): Promise<KeyRing> {
  // The real file behind a symbolic link, so that the link stays one.
  const target = await realpath(path);
  await rename(await writeBeside(target, ring), target);
  await syncFolder(dirname(target));
  return ring;
}

async function writeBeside(path: string, ring: KeyRing): Promise<string> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(formatKeyRing(ring));
    await file.sync();
  } finally {
    await file.close();
  }
  return temporary;
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

async function refuseInside(path: string, dataFolder: string): Promise<void> {
  const inside = relative(await realFolder(dataFolder), await realFolder(path));
  const isOutside = /^\.\.($|[\\/])/.test(inside) || isAbsolute(inside);
  if (!isOutside) throw problems.keyFileBesideData(path, dataFolder);
}

/** The path with its symbolic links followed as far as it exists. */
async function realFolder(path: string): Promise<string> {
  const absolute = resolve(path);
  const parent = dirname(absolute);
  return await realpath(absolute).catch(async () =>
    parent === absolute ? absolute : join(await realFolder(parent), relative(parent, absolute)),
  );
}

function newKey(): SealingKey {
  return { id: randomBytes(4).toString('hex'), secret: randomBytes(32) };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
}
