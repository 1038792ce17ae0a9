import { keepWorking } from '../../adapters/queue/keep-working.js';
import type { Caller } from '../../src/command.js';
import type { Environment } from '../../src/config.js';
import type { Tallyman } from '../../src/main.js';
import { ProblemError } from '../../src/problems/problem.js';
import { createWork } from '../../src/work.js';
import { withFailPoints } from './fail-points.js';
import { openBot } from './open-bot.js';
import { anchoredClock, fetchDeadlineMs, type TimeAnchor } from './simulated-time.js';
import { askMemory } from './thread-memory.js';
import { endThreads, orderThreads } from './thread-orders.js';

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
  /** Kills itself with SIGKILL when this point is passed. Only there all is done in one thread, whose steps are watched. */
  readonly failPoint: string | null;
  /** Each thread ends by itself within so many real milliseconds, and another takes its place; `null`: none does. */
  readonly threadLifeMs: number | null;
}

const problemExit = 2;

async function main(orders: Orders): Promise<void> {
  const tallyman = await openAsOrdered(orders);
  const { core, work } = tallyman;
  const working = keepWorking(tallyman);
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

/** As `serve` opens it, or in one thread with fail points in it. */
async function openAsOrdered({ environment, time, failPoint, threadLifeMs }: Orders): Promise<Tallyman> {
  const clock = anchoredClock(time);
  if (failPoint === null) {
    orderThreads({ time, threadLifeMs });
    endThreads(threadLifeMs);
    const syncThread = new URL('./sync-thread.js', import.meta.url);
    return openBot(environment, clock, { deadlineMs: fetchDeadlineMs, syncThread });
  }
  const tallyman = await openBot(environment, clock, { deadlineMs: fetchDeadlineMs });
  const core = withFailPoints(tallyman.core, (point) => {
    if (point === failPoint) process.kill(process.pid, 'SIGKILL');
  });
  return { ...tallyman, core, work: createWork(core) };
}

function refuse(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error;
  process.stderr.write(`${error.problem.code}: ${error.problem.what}\n`);
  process.exit(problemExit);
}

/** What is left after a collection, of all threads together. */
async function tellMemory(): Promise<void> {
  const heapUsed = await askMemory();
  process.send?.({ heapUsed, rss: process.memoryUsage.rss() });
}

process.on('message', (message) => {
  if (message === 'memory') void tellMemory();
});
process.once('message', (orders: Orders) => void main(orders).catch(refuse));
process.once('disconnect', () => process.exit(0));
