import { keepWorking } from '../../adapters/queue/keep-working.js';
import type { Caller } from '../../src/command.js';
import type { Environment } from '../../src/config.js';
import type { Tallyman } from '../../src/main.js';
import type { Core } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import { createWork } from '../../src/work.js';
import { withFailPoints } from './fail-points.js';
import { openBot } from './open-bot.js';
import { anchoredClock, type TimeAnchor } from './simulated-time.js';

/** What the process under ordeal is sent once it has loaded. */
export interface Orders {
  /** The bot's own variables. */
  readonly environment: Environment;
  readonly time: TimeAnchor;
  /** Real milliseconds between two rounds of planning; the bot in earnest plans once a minute. */
  readonly roundMs: number;
  /** What people type meanwhile; one line at a time, in turn. */
  readonly typed: readonly { readonly caller: Caller; readonly line: string }[];
  /** Real milliseconds between two of these lines. */
  readonly typingMs: number;
  /** Kills itself with SIGKILL when this point is passed. */
  readonly failPoint: string | null;
}

/** A fetch that hangs must end within a few simulated hours. */
const fetchDeadlineMs = 200;
const problemExit = 2;

async function main(orders: Orders): Promise<void> {
  const tallyman = await openBot(orders.environment, anchoredClock(orders.time));
  const core = underOrdeal(tallyman.core, orders.failPoint);
  const work = createWork(core);
  const working = keepWorking({ ...tallyman, core, work });
  let round: Promise<void> | null = null;
  const rounds = setInterval(() => {
    working.wake();
    round ??= work
      .plan()
      .then(() => void process.send?.('planned'))
      .catch((error: unknown) => core.log.error({ error }, 'tick failed'))
      .finally(() => {
        round = null;
      });
  }, orders.roundMs);
  const typing = type(tallyman, orders);
  const stop = async () => {
    clearInterval(rounds);
    clearInterval(typing);
    await round;
    await working.stop();
    await tallyman.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.send?.('working');
}

/** People go on using the bot: each asks in a channel for something that is told there. */
function type({ dispatch }: Tallyman, { typed, typingMs }: Orders): NodeJS.Timeout {
  let next = 0;
  return setInterval(() => {
    const asked = typed[next % typed.length];
    next += 1;
    if (!asked) return;
    void dispatch
      .prepareLine(asked.line, asked.caller, false)
      .then((prepared) => (prepared.kind === 'run' ? prepared.run() : undefined));
  }, typingMs);
}

function underOrdeal(core: Core, failPoint: string | null): Core {
  const http: Core['http'] = { get: (request) => core.http.get({ deadlineMs: fetchDeadlineMs, ...request }) };
  const short = { ...core, http };
  if (failPoint === null) return short;
  return withFailPoints(short, (point) => {
    if (point === failPoint) process.kill(process.pid, 'SIGKILL');
  });
}

function refuse(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.problem.code}: ${error.problem.what}\n`);
  process.exit(problemExit);
}

/** What is left after a collection, in bytes. */
function tellMemory(): void {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapUsed, rss });
}

process.on('message', (message) => {
  if (message === 'memory') tellMemory();
});
process.once('message', (orders: Orders) => void main(orders).catch(refuse));
process.once('disconnect', () => process.exit(0));
