import { type Child, startChild } from './child.js';
import { wholeSpan } from './load-pages.js';
import type { LoadSettings } from './load-server.js';
import type { Step, StepAnswer } from './step.js';
import { type Line, line, median } from './table.js';

type Name = 'first' | 'again';

interface Scaled {
  readonly offers: number;
  /** Milliseconds of an offer, by the wall and of the processor. */
  readonly wall: Readonly<Record<Name, number>>;
  readonly processor: Readonly<Record<Name, number>>;
  readonly peakMegabytes: number;
}

/** What an offer costs as offers grow, each number of them in a process of its own. */
export async function benchScale(sizes: readonly number[]): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const scaled: Scaled[] = [];
  for (const offers of sizes) {
    const rounds: Scaled[] = [];
    // Few offers are done so fast that what else runs on the machine would decide.
    for (let round = 0; round < (offers < 500 ? 5 : 1); round += 1) {
      rounds.push(await measureOffers(server, port, offers));
    }
    scaled.push(middleOf(offers, rounds));
  }
  server.stop();
  const [base, ...others] = scaled;
  if (!base) return [];
  return [
    ...others.flatMap((one) => [...ratiosOf('first', one, base), ...ratiosOf('again', one, base)]),
    ...scaled.map(({ offers, peakMegabytes }) =>
      line(`peak memory in MB with ${named(offers)} offers`, '', peakMegabytes, 225),
    ),
  ];
}

function middleOf(offers: number, rounds: readonly Scaled[]): Scaled {
  const each = (time: 'wall' | 'processor') => ({
    first: median(rounds.map((round) => round[time].first)),
    again: median(rounds.map((round) => round[time].again)),
  });
  const peakMegabytes = Math.max(...rounds.map((round) => round.peakMegabytes));
  return { offers, wall: each('wall'), processor: each('processor'), peakMegabytes };
}

function ratiosOf(name: Name, { offers, wall, processor }: Scaled, base: Scaled): Line[] {
  const what = `an offer of ${named(offers)}, ${name === 'first' ? 'first sync' : 'again, 3 % restated'}`;
  const over = `an offer of ${named(base.offers)}`;
  return [
    line(what, over, wall[name] / base.wall[name], 1.2),
    line(`${what}, processor time`, over, processor[name] / base.processor[name], 1.2),
  ];
}

function named(offers: number): string {
  return offers.toLocaleString('en');
}

/** These are synced first by every bot that is measured: its threads are as warm as those of one that runs. */
const warmUp = 100;

async function measureOffers(server: Child, port: string, offers: number): Promise<Scaled> {
  const all = { port, offers: warmUp + offers, platform: 'affilka' } as const;
  // Adding so many offers at once takes memory that no running bot ever has.
  const { child: other } = await startChild('side-bot');
  const folder = await other.ask<string>({ do: 'prepare', ...all } satisfies Step);
  other.stop();
  const { child: bot } = await startChild('side-bot');
  const sync = async (kind: LoadSettings['kind'], part: readonly [number, number]) => {
    await server.ask({ kind, latencyMs: 0 } satisfies LoadSettings);
    return bot.ask<StepAnswer>({ do: 'sync', span: wholeSpan, under: 8, part } satisfies Step);
  };
  await bot.ask<unknown>({ do: 'open', ...all, folder, thread: true } satisfies Step);
  await sync('plain', [0, warmUp]);
  await sync('restated', [0, warmUp]);
  const first = await sync('plain', [warmUp, all.offers]);
  const again = await sync('restated', [warmUp, all.offers]);
  await bot.ask<unknown>({ do: 'close' } satisfies Step);
  bot.stop();
  return {
    offers,
    wall: { first: first.ms / offers, again: again.ms / offers },
    processor: { first: first.cpuMs / offers, again: again.cpuMs / offers },
    peakMegabytes: again.peakMegabytes,
  };
}
