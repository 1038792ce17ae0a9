import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Orders } from './bot.js';

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface BotProcess {
  readonly child: ChildProcess;
  /** Resolves once the bot works, or with its ending when it does not come so far. */
  readonly working: Promise<'working' | Ending>;
  /** Resolves once a whole round of planning is over. */
  readonly planned: Promise<void>;
  readonly ended: Promise<Ending>;
  /** What it needs after a collection, in bytes. */
  memory(): Promise<Memory>;
  /** What it has written to its log so far. */
  log(): string;
}

export interface Memory {
  readonly heapUsed: number;
  readonly rss: number;
}

/** Processes that have loaded the bot and wait for orders, so that a life does not begin with half a second of loading. */
export interface BotPool {
  start(orders: Orders): BotProcess;
  close(): void;
}

export function createBotPool(size: number, script = 'bot.js'): BotPool {
  const waiting: ChildProcess[] = [];
  const fill = () => {
    while (waiting.length < size) waiting.push(load(script));
  };
  fill();
  return {
    start(orders) {
      // One that was killed while it waited is no use.
      const child =
        waiting.splice(0).find((one, index, all) => {
          if (one.connected) waiting.push(...all.slice(index + 1));
          return one.connected;
        }) ?? load(script);
      fill();
      return follow(child, orders);
    },
    close() {
      for (const child of waiting.splice(0)) child.kill('SIGKILL');
    },
  };
}

function load(script: string): ChildProcess {
  return fork(join(import.meta.dirname, script), {
    execArgv: ['--expose-gc'],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function follow(child: ChildProcess, orders: Orders): BotProcess {
  let written = '';
  child.stderr?.on('data', (part: Buffer) => {
    written += part.toString();
  });
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }) as Ending);
  const working = once(child, 'message').then(() => 'working' as const);
  const planned = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === 'planned') resolve();
    });
  });
  child.send(orders);
  const memory = () =>
    new Promise<Memory>((resolve) => {
      const listen = (message: unknown) => {
        if (typeof message !== 'object') return;
        child.off('message', listen);
        resolve(message as Memory);
      };
      child.on('message', listen);
      child.send('memory');
    });
  return { child, working: Promise.race([working, ended]), planned, ended, memory, log: () => written };
}
