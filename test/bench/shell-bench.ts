import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild } from './child.js';
import { wholeSpan } from './load-pages.js';
import { writeScripts } from './shell-scripts.js';
import { loadLink, type Step, type StepAnswer, windowLink } from './step.js';
import { type Line, line, median } from './table.js';

const run = promisify(execFile);

/** The first sync of the running bot beside a shell loop and a tuned script, one after the other in each round. */
export async function benchShell(offers: number, rounds: number): Promise<Line[]> {
  const missing = await missingPrograms();
  if (missing.length > 0) {
    console.log(`\nshell: left out, because ${missing.join(' and ')} cannot be started here`);
    return [];
  }
  const { child: server, first: port } = await startChild<string>('load-server');
  const { child: bot } = await startChild('side-bot');
  await server.ask({ kind: 'plain', latencyMs: 0 });
  const links = Array.from({ length: offers }, (_, index) =>
    windowLink(loadLink(port, 'affilka', index), wholeSpan),
  );
  const rows = offers * (await countRows(links[0] ?? ''));
  const times = { started: [] as Time[], bot: [] as Time[], loop: [] as Time[], tuned: [] as Time[] };
  for (let round = 0; round < rounds; round += 1) {
    const twice = { offers: 2 * offers, platform: 'affilka', thread: true } as const;
    await bot.ask<unknown>({ do: 'open', port, ...twice } satisfies Step);
    // Other offers warm the threads up, which run for weeks.
    times.started.push(await syncPart(bot, 0, offers));
    times.bot.push(await syncPart(bot, offers, 2 * offers));
    await bot.ask<unknown>({ do: 'close' } satisfies Step);
    times.loop.push(await timeOf('loop.sh', links, rows));
    times.tuned.push(await timeOf('tuned.sh', links, rows));
  }
  for (const child of [server, bot]) child.stop();
  const ratio = (of: readonly Time[], time: keyof Time, over = times.bot) =>
    median(of.map((one) => one[time])) / median(over.map((one) => one[time]));
  const started = 'first sync just after the start';
  return [
    line('shell loop', 'first sync', ratio(times.loop, 'ms'), 8, true),
    line('tuned shell script', 'first sync', ratio(times.tuned, 'ms'), 2.3, true),
    line('shell loop, processor time', 'first sync', ratio(times.loop, 'cpuMs')),
    line('tuned shell script, processor time', 'first sync', ratio(times.tuned, 'cpuMs')),
    line('shell loop', started, ratio(times.loop, 'ms', times.started)),
    line('tuned shell script', started, ratio(times.tuned, 'ms', times.started)),
  ];
}

type Time = Pick<StepAnswer, 'ms' | 'cpuMs'>;

function syncPart(bot: Child, from: number, before: number): Promise<Time> {
  return bot.ask({ do: 'sync', span: wholeSpan, under: 8, part: [from, before] } satisfies Step);
}

async function missingPrograms(): Promise<string[]> {
  const missing: string[] = [];
  for (const program of ['bash', 'awk', 'curl', 'jq', 'sqlite3']) {
    const found = await run('sh', ['-c', `command -v ${program}`]).catch(() => null);
    if (!found) missing.push(program);
  }
  return missing;
}

async function countRows(link: string): Promise<number> {
  const report = JSON.parse(await (await fetch(link)).text());
  return report.rows.data.length;
}

/** Runs a script in a folder of its own and makes sure that it stored every row. */
async function timeOf(script: string, links: readonly string[], rows: number): Promise<Time> {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-shell-'));
  const env = { PATH: process.env.PATH ?? '', HOME: folder, TIMEFORMAT: '%R %U %S' };
  try {
    writeScripts(folder, links);
    const { stderr } = await run('bash', ['-c', `time bash ${script}`], { cwd: folder, env });
    const { stdout } = await run('sqlite3', ['figures.db', 'select count(*) from figures'], { cwd: folder });
    if (Number(stdout) !== rows) throw new Error(`${script} stored ${stdout.trim()} rows`);
    const [real = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return { ms: real * 1000, cpuMs: (user + system) * 1000 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
