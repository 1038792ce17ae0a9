import { startChild } from './child.js';
import { type Span, weekSpan, wholeSpan } from './load-pages.js';
import type { LoadSettings } from './load-server.js';
import type { Step, StepAnswer } from './step.js';
import { type Line, line, median } from './table.js';

export interface SyncPlan {
  readonly offers: number;
  readonly rounds: number;
  readonly under: number;
}

/** First, again, identical, week and slow syncs against floor and script, one after the other in each round. */
export async function benchSync({ offers, rounds, under }: SyncPlan): Promise<Line[]> {
  const { child: server, first: origin } = await startChild<string>('load-server');
  const sides = {
    floor: (await startChild('side-floor')).child,
    script: (await startChild('side-script')).child,
    bot: (await startChild('side-bot')).child,
  };
  const times = new Map<string, number[]>();
  const peaks = new Map<string, number>();
  const serve = (settings: LoadSettings) => server.ask(settings);
  const run = async (side: keyof typeof sides, name: string, span: Span, width = under) => {
    const step: Step = { do: 'sync', span, under: width };
    const { ms, peakMegabytes } = await sides[side].ask<StepAnswer>(step);
    times.set(`${side} ${name}`, [...(times.get(`${side} ${name}`) ?? []), ms]);
    peaks.set(side, peakMegabytes);
  };
  const tell = (step: Step) => Promise.all(Object.values(sides).map((side) => side.ask(step)));
  for (let round = 0; round <= rounds; round += 1) {
    await serve({ kind: 'plain', latencyMs: 0 });
    await tell({ do: 'open', origin, offers, platform: 'affilka' });
    await run('floor', 'first', wholeSpan);
    await run('bot', 'first', wholeSpan);
    await run('script', 'first', wholeSpan);
    await run('floor', 'first', wholeSpan);
    await run('bot', 'identical', wholeSpan);
    await serve({ kind: 'restated', latencyMs: 0 });
    await run('floor', 'again', wholeSpan);
    await run('bot', 'again', wholeSpan);
    await run('script', 'again', wholeSpan);
    await run('floor', 'again', wholeSpan);
    await run('floor', 'week', weekSpan);
    await run('bot', 'week', weekSpan);
    await tell({ do: 'close' });
    // The first round only warms up.
    if (round === 0) times.clear();
  }
  for (const side of [server, ...Object.values(sides)]) side.stop();
  const of = (name: string) => median(times.get(name) ?? []);
  const ratio = (name: string, over: string) => of(name) / of(over);
  return [
    line('first sync', 'floor', ratio('bot first', 'floor first'), 1.5),
    line('first sync by the script', 'floor', ratio('script first', 'floor first')),
    line('again, 3 % restated', 'floor', ratio('bot again', 'floor again'), 1.3),
    line('again by the script', 'floor', ratio('script again', 'floor again')),
    line('identical page', 'its full path again', ratio('bot identical', 'bot again'), 0.3),
    line('identical page', 'floor', ratio('bot identical', 'floor first')),
    line('7-day window', '90 days again', ratio('bot week', 'bot again'), 0.25),
    line('7-day window', 'floor of 7 days', ratio('bot week', 'floor week')),
    line('floor, milliseconds an offer', '', of('floor first') / offers),
    line('first sync, milliseconds an offer', '', of('bot first') / offers),
    line('peak memory in MB', '', peaks.get('bot') ?? 0, 225),
    line('peak memory of the floor in MB', '', peaks.get('floor') ?? 0),
    line('peak memory of the script in MB', '', peaks.get('script') ?? 0),
  ];
}
