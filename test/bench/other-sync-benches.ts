import { startChild } from './child.js';
import { wholeSpan } from './load-pages.js';
import type { Step, StepAnswer } from './step.js';
import { type Line, line, median } from './table.js';

/** A programme that takes 100 ms for an answer: with so many under way against one by one. */
export async function benchSlow(offers: number, rounds: number, under = 8): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const { child: bot } = await startChild('side-bot');
  await server.ask({ kind: 'plain', latencyMs: 100 });
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const width of [1, under]) {
      await bot.ask<unknown>({ do: 'open', port, offers, platform: 'affilka' } satisfies Step);
      const step: Step = { do: 'sync', span: wholeSpan, under: width };
      times.push((await bot.ask<StepAnswer>(step)).ms);
      await bot.ask<unknown>({ do: 'close' } satisfies Step);
    }
    ratios.push((times[0] ?? 0) / (times[1] ?? 1));
  }
  for (const child of [server, bot]) child.stop();
  return [line(`times faster with ${under} under way, 100 ms an answer`, '', median(ratios), 6, true)];
}

/** The same size as CSV, against fetching it and a bare parse by the same library. */
export async function benchCsv(offers: number, rounds: number): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const sides = { floor: (await startChild('side-floor')).child, bot: (await startChild('side-bot')).child };
  await server.ask({ kind: 'plain', latencyMs: 0 });
  const wall: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const step: Step = { do: 'sync', span: wholeSpan, under: 8 };
    const answers: StepAnswer[] = [];
    for (const side of [sides.floor, sides.bot]) {
      await side.ask<unknown>({ do: 'open', port, offers, platform: 'referon' } satisfies Step);
      answers.push(await side.ask<StepAnswer>(step));
      await side.ask<unknown>({ do: 'close' } satisfies Step);
    }
    const [floor, bot] = answers;
    if (!floor || !bot || round === 0) continue;
    wall.push(bot.ms / floor.ms);
    processor.push(bot.cpuMs / floor.cpuMs);
  }
  for (const child of [server, sides.floor, sides.bot]) child.stop();
  return [
    line('CSV, first sync', 'fetch and a bare parse', median(wall), 2),
    line('CSV, first sync, processor time', 'fetch and a bare parse', median(processor), 2),
  ];
}
