import { daysBetween } from '../../src/dates.js';
import { type Child, startChild } from './child.js';
import { longSpan } from './large-pages.js';
import type { Span } from './load-pages.js';
import type { LoadSettings } from './load-server.js';
import { loadLink, type Step, type StepAnswer, windowLink } from './step.js';
import { type Line, line } from './table.js';

interface LargeReport {
  readonly platform: 'affilka' | 'referon';
  readonly days: number;
  readonly rowsOfDay: number;
}

interface Measured {
  readonly megabytes: number;
  readonly msOfRow: number;
  readonly cpuMsOfRow: number;
}

/** One report of very many rows and one of very many pages, each beside a tenth of it. */
export async function benchLarge(rowsOfPage: number): Promise<Line[]> {
  const { child: server, first: port } = await startChild<string>('load-server');
  const measure = (platform: LargeReport['platform'], days: number, rowsOfDay: number) =>
    measureReport(server, port, { platform, days, rowsOfDay });
  const rows = { tenth: await measure('referon', 80, 250), whole: await measure('referon', 80, 2500) };
  const pages = {
    tenth: await measure('affilka', 20, rowsOfPage),
    whole: await measure('affilka', 200, rowsOfPage),
  };
  server.stop();
  return [
    ...linesOf('200,000 rows', '20,000 rows', rows.whole, rows.tenth),
    ...linesOf(`200 pages of ${rowsOfPage} rows`, '20 pages', pages.whole, pages.tenth),
  ];
}

function linesOf(what: string, over: string, whole: Measured, tenth: Measured): Line[] {
  return [
    line(`${what}, memory that the sync adds`, over, whole.megabytes / tenth.megabytes),
    line(`${what}, memory that the sync adds in MB`, '', whole.megabytes),
    line(`${over}, memory that the sync adds in MB`, '', tenth.megabytes),
    line(`${what}, time per row`, over, whole.msOfRow / tenth.msOfRow, 1.2),
    line(`${what}, processor time per row`, over, whole.cpuMsOfRow / tenth.cpuMsOfRow, 1.2),
  ];
}

/** In a process of its own that has read a small report of the same kind before. */
async function measureReport(server: Child, port: string, report: LargeReport): Promise<Measured> {
  const { platform, days, rowsOfDay } = report;
  const { child: bot } = await startChild('side-bot');
  await bot.ask<unknown>({ do: 'open', port, offers: 1, platform, thread: true } satisfies Step);
  const sync = async (span: Span, settings: Partial<LoadSettings>) => {
    await server.ask({ kind: 'plain', latencyMs: 0, ...settings });
    await makeAnswers(port, platform, span);
    return bot.ask<StepAnswer>({ do: 'sync', span, under: 8 } satisfies Step);
  };
  await sync(longSpan(2), { rowsOfDay: Math.ceil(rowsOfDay / 10) });
  const span = longSpan(days);
  const { ms, cpuMs, beforeMegabytes, peakMegabytes } = await sync(span, { rowsOfDay });
  await bot.ask<unknown>({ do: 'close' } satisfies Step);
  bot.stop();
  const rows = days * rowsOfDay;
  return { megabytes: peakMegabytes - beforeMegabytes, msOfRow: ms / rows, cpuMsOfRow: cpuMs / rows };
}

/** The server makes an answer when it is first asked for, which must not count. */
async function makeAnswers(port: string, platform: LargeReport['platform'], span: Span): Promise<void> {
  const link = windowLink(loadLink(port, platform, 0), span);
  const pages = platform === 'affilka' ? daysBetween(span.from, span.to).length : 1;
  for (let page = 1; page <= pages; page += 1) {
    await (await fetch(link.replace('page=1', `page=${page}`))).arrayBuffer();
  }
}
