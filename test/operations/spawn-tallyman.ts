import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { testFolder } from '../support/sqlite.js';

const root = resolve(import.meta.dirname, '../..');

export interface Spawned {
  readonly child: ChildProcessWithoutNullStreams;
  readonly pid: number;
  output(): string;
  /** Resolves when this was logged or printed; rejects when the process ends before. */
  until(text: string | RegExp): Promise<RegExpMatchArray>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** An environment with a database and a key file of its own. */
export function ownEnvironment(folder = testFolder()) {
  return {
    folder,
    databaseFile: join(folder, 'data', 'tallyman.db'),
    keyFile: join(folder, 'keys', 'key.json'),
    variables: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      DATABASE_URL: `sqlite:${join(folder, 'data', 'tallyman.db')}`,
      TALLYMAN_KEY_FILE: join(folder, 'keys', 'key.json'),
      LOG_LEVEL: 'info',
    },
  };
}

export type OwnEnvironment = ReturnType<typeof ownEnvironment>;

/** The real program as a process of its own; killed when the test ends. */
export function spawnTallyman(
  args: readonly string[],
  { folder, variables }: OwnEnvironment,
  more: Readonly<Record<string, string>> = {},
  script = join(root, 'src', 'main.ts'),
): Spawned {
  const loader = import.meta.resolve('tsx');
  const child = spawn(process.execPath, ['--import', loader, script, ...args], {
    cwd: folder,
    env: { ...variables, ...more },
  });
  if (!args.includes('--terminal')) child.stdin.end();
  let heard = '';
  const watchers = new Set<() => void>();
  const listen = (chunk: Buffer) => {
    heard += chunk.toString();
    for (const watch of [...watchers]) watch();
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.on('close', (code, signal) => done({ code, signal }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    child,
    pid: child.pid ?? 0,
    output: () => heard,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const found = heard.match(text);
          if (!found) return;
          watchers.delete(watch);
          resolve(found);
        };
        watchers.add(watch);
        void ended.then(() => reject(new Error(`it ended before it said ${text}:\n${heard}`)));
        watch();
      }),
  };
}
