import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** The program, its threads, and what they are built on. */
const wiring = new Set(
  ['main', 'sync-thread', 'work-in-thread', 'page-thread', 'read-in-thread']
    .concat(['open-core', 'open-network', 'tell-once'])
    .map((name) => `src/${name}.ts`),
);

/** Packages that the core may use: small and pure. */
const pure = [
  'zod',
  'big.js',
  'temporal-polyfill',
  'csv-parse',
  'csv-stringify',
  'read-excel-file',
  'p-limit',
  'node:buffer',
  'node:crypto',
  'node:zlib',
];

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/(?:from|import)\s*\(?\s*'([^'\s]+)'/g);
  return [...statements].map((match) => match[1] ?? '');
}

/** Where an import leads: `src`, `adapters/http`, … or a package's name. */
function leadsTo(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) return `package:${specifier}`;
  const [top = '', second = ''] = relative(root, resolve(root, dirname(file), specifier)).split('/');
  return top === 'adapters' ? `${top}/${second}` : top;
}

function violations(folder: string, allowed: (target: string, file: string) => boolean): string[] {
  return filesUnder(folder)
    .filter((file) => !wiring.has(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !allowed(leadsTo(file, specifier), file))
        .map((specifier) => `${file} imports ${specifier}`),
    );
}

function isPure(target: string): boolean {
  return pure.some((name) => target === `package:${name}` || target.startsWith(`package:${name}/`));
}

test('the core imports only itself and small pure libraries', () => {
  expect(violations('src', (target) => target === 'src' || isPure(target))).toEqual([]);
});

test('commands import the core and no other command', () => {
  expect(
    violations('commands', (target, file) => {
      return (
        target === 'src' ||
        target === 'package:zod' ||
        (file === 'commands/index.ts' && target === 'commands')
      );
    }),
  ).toEqual([]);
});

test('an adapter imports the core, its own folder and packages, never commands, db or another adapter', () => {
  expect(
    violations('adapters', (target, file) => {
      const own = file.split('/').slice(0, 2).join('/');
      return target === 'src' || target === own || target.startsWith('package:');
    }),
  ).toEqual([]);
});

test('the database imports the core, itself and packages', () => {
  expect(
    violations('db', (target) => target === 'src' || target === 'db' || target.startsWith('package:')),
  ).toEqual([]);
});

test('nothing outside test imports test', () => {
  const folders = ['src', 'commands', 'adapters', 'db'];
  const found = folders.flatMap((folder) => violations(folder, (target) => target !== 'test'));
  expect(found).toEqual([]);
});
