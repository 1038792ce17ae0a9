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

/** So many other offers are read before anything is measured. */
const warmUp = 60;
const warming: Step = { do: 'sync', span: wholeSpan, under: 8, part: [0, warmUp] };

/** First, again, identical, week and slow syncs against floor and script, one after the other in each round. */
export async function benchSync({ offers, rounds, under }: SyncPlan): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const sides = {
    floor: (await startChild('side-floor')).child,
    script: (await startChild('side-script')).child,
    bot: (await startChild('side-bot')).child,
    thread: (await startChild('side-bot')).child,
  };
  const times = new Map<string, number[]>();
  const peaks = new Map<string, number>();
  let isFirst = true;
  const serve = (settings: LoadSettings) => server.ask(settings);
  const run = async (side: keyof typeof sides, name: string, span: Span, width = under) => {
    const part = [warmUp, warmUp + offers] as const;
    const step: Step = { do: 'sync', span, under: width, part };
    const { ms, cpuMs, peakMegabytes } = await sides[side].ask<StepAnswer>(step);
    times.set(`${side} ${name}`, [...(times.get(`${side} ${name}`) ?? []), ms]);
    times.set(`${side} ${name} cpu`, [...(times.get(`${side} ${name} cpu`) ?? []), cpuMs]);
    // Of the first life of the process, since a bot has one.
    if (isFirst) peaks.set(side, peakMegabytes);
  };
  const tell = (step: Step) =>
    Promise.all(
      Object.entries(sides).map(([name, side]) =>
        side.ask(step.do === 'open' && name === 'thread' ? { ...step, thread: true } : step),
      ),
    );
  for (let round = 0; round <= rounds; round += 1) {
    await serve({ kind: 'plain', latencyMs: 0 });
    await tell({ do: 'open', port, offers: warmUp + offers, platform: 'affilka' });
    // The threads of a bot that runs are long warm.
    for (const side of ['floor', 'bot', 'thread', 'script'] as const) await sides[side].ask(warming);
    await run('floor', 'first', wholeSpan);
    await run('bot', 'first', wholeSpan);
    await run('thread', 'first', wholeSpan);
    await run('script', 'first', wholeSpan);
    await run('floor', 'first', wholeSpan);
    await run('bot', 'identical', wholeSpan);
    await run('thread', 'identical', wholeSpan);
    await serve({ kind: 'restated', latencyMs: 0 });
    await run('floor', 'again', wholeSpan);
    await run('bot', 'again', wholeSpan);
    await run('thread', 'again', wholeSpan);
    await run('script', 'again', wholeSpan);
    await run('floor', 'again', wholeSpan);
    await run('floor', 'week', weekSpan);
    await run('bot', 'week', weekSpan);
    await run('thread', 'week', weekSpan);
    await tell({ do: 'close' });
    // The first round only warms up.
    if (round === 0) times.clear();
    isFirst = false;
  }
  for (const side of [server, ...Object.values(sides)]) side.stop();
  const of = (name: string) => median(times.get(name) ?? []);
  const ratio = (name: string, over: string) => of(name) / of(over);
  const both = (what: string, over: string, name: string, base: string, limit: number | null = null) => [
    line(what, over, ratio(name, base), limit),
    line(`${what}, processor time`, over, ratio(`${name} cpu`, `${base} cpu`), limit),
  ];
  return [
    ...both('first sync', 'floor', 'bot first', 'floor first', 1.5),
    ...both('first sync in the threads of `serve`', 'floor', 'thread first', 'floor first', 1.65),
    ...both('first sync by the script', 'floor', 'script first', 'floor first'),
    ...both('again, 3 % restated', 'floor', 'bot again', 'floor again', 1.3),
    ...both('again in the threads', 'floor', 'thread again', 'floor again', 1.45),
    ...both('again by the script', 'floor', 'script again', 'floor again'),
    ...both('identical page', 'its full path', 'bot identical', 'bot first', 0.3),
    ...both('identical page', 'floor', 'bot identical', 'floor first'),
    ...both('identical page in the threads', 'its full path', 'thread identical', 'thread first'),
    ...both('7-day window', '90 days', 'bot week', 'bot first', 0.25),
    ...both('7-day window in the threads', '90 days', 'thread week', 'thread first'),
    line('floor, milliseconds an offer', '', of('floor first') / offers),
    line('first sync, milliseconds an offer', '', of('bot first') / offers),
    line('peak memory in MB', '', peaks.get('bot') ?? 0, 225),
    line('peak memory in MB with the threads', '', peaks.get('thread') ?? 0, 225),
    line('peak memory of the floor in MB', '', peaks.get('floor') ?? 0),
    line('peak memory of the script in MB', '', peaks.get('script') ?? 0),
  ];
}
