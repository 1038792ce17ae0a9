import { keepWorking } from '../../adapters/queue/keep-working.js';
import type { Surface } from '../../src/access/workspace.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import { withDeadline } from '../../src/delivery/with-deadline.js';
import type { Clock, Core } from '../../src/ports.js';
import type { Role } from '../../src/role.js';
import { createWork } from '../../src/work.js';
import type { Orders } from './bot.js';
import { openBot } from './open-bot.js';
import { anchoredClock, fetchDeadlineMs, type TimeAnchor } from './simulated-time.js';

/** What one of many processes is sent once it has loaded. */
export interface SharedOrders extends Orders {
  readonly role: Role;
}

/** Sent later: everybody's time goes on from elsewhere. */
export interface TimeJump {
  readonly time: TimeAnchor;
}

const senderWaitsMs = 30_000;

/** The queue asks the process for the time: it has to be that of the ordeal. */
function followClock(clock: Clock): void {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [clock.now()] : given) as [string]));
    }
    static override now(): number {
      return RealDate.parse(clock.now());
    }
  } as DateConstructor;
}

async function main({ environment, time, role, roundMs, typed, typingMs }: SharedOrders): Promise<void> {
  const realNow = Date.now.bind(Date);
  let clock = anchoredClock(time, realNow);
  followClock({ now: () => clock.now() });
  process.on('message', (message: TimeJump) => {
    clock = anchoredClock(message.time, realNow);
  });
  const tallyman = await openBot(environment, { now: () => clock.now() }, { deadlineMs: fetchDeadlineMs });
  const core = { ...tallyman.core, messengers: inTime(tallyman.core.messengers, time.rate) };
  if (role === 'web') {
    let next = 0;
    setInterval(() => {
      const asked = typed[next % typed.length];
      next += 1;
      if (!asked) return;
      void tallyman.dispatch
        .prepareLine(asked.line, asked.caller, false)
        .then((prepared) => (prepared.kind === 'run' ? prepared.run() : undefined));
    }, typingMs);
  } else {
    const work = createWork(core);
    const working = keepWorking({ core, work });
    let isPlanning = false;
    setInterval(() => {
      working.wake();
      if (isPlanning) return;
      isPlanning = true;
      void work
        .plan()
        .catch((error: unknown) => core.log.error({ error }, 'tick failed'))
        .finally(() => {
          isPlanning = false;
        });
    }, roundMs);
  }
  process.send?.('working');
}

/** What takes longer than the bot waits is doubtful to it; the bot in earnest waits in real time. */
function inTime(messengers: Core['messengers'], rate: number): Core['messengers'] {
  const limitMs = senderWaitsMs / rate;
  return new Map(
    [...messengers].map(([surface, { send, edit, find }]): [Surface, Messenger] => [
      surface,
      {
        send: (...given) => withDeadline(send(...given), limitMs),
        edit: (...given) => withDeadline(edit(...given), limitMs),
        find: (...given) => withDeadline(find(...given), limitMs),
      },
    ]),
  );
}

process.once('message', (orders: SharedOrders) => {
  main(orders).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.exit(2);
  });
});
process.once('disconnect', () => process.exit(0));
