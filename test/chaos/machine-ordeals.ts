import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { backupDatabase, restoreDatabase } from '../../db/backup.js';
import { dayIn, type Instant } from '../../src/dates.js';
import { dueInstant } from '../../src/digest/due.js';
import type { BotProcess } from './bot-process.js';
import { compare } from './compare.js';
import { settle, startStorm } from './kill-ordeal.js';
import { buildWorld, type World } from './world.js';

const rate = 60;
const longestStartMs = 20_000;
const lookEveryMs = 5;

interface MachineOrdeal {
  readonly name: string;
  /** Answers what was seen; throws when it was not as promised. */
  run(world: World): Promise<string>;
  readonly folder?: () => string;
}

/** Runs every ordeal of the machine whose name has the wanted words, each in a world of its own; true when all went as promised. */
export async function machineOrdeals(
  seed: string,
  say: (line: string) => void,
  wanted = '',
): Promise<boolean> {
  let isWell = true;
  for (const ordeal of ordeals.filter(({ name }) => name.includes(wanted))) {
    const folder = ordeal.folder?.();
    const world = await buildWorld({
      seed: `${ordeal.name} ${seed}`,
      offers: 3,
      ...(folder ? { folder } : {}),
    });
    try {
      say(`  ${ordeal.name}: ${await ordeal.run(world)}`);
    } catch (error) {
      isWell = false;
      say(`  ${ordeal.name}: FAILED, ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await world.close();
      if (folder) unmount(folder);
    }
  }
  return isWell;
}

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Answers once all its threads are at work: those of reading start last. */
async function start(world: World): Promise<BotProcess> {
  const { requests } = world.programme;
  const before = requests.total;
  const bot = world.startBot({ rate });
  check((await bot.working) === 'working', `did not start: ${bot.log()}`);
  const deadline = performance.now() + longestStartMs;
  while (requests.total === before && performance.now() < deadline) await wait(lookEveryMs);
  check(requests.total > before, `asked nothing of the programme: ${bot.log()}`);
  return bot;
}

/** Starts where it must be refused, and answers what it said. */
async function refused(world: World, code: string): Promise<string> {
  const bot = world.startBot({ rate });
  const began = await bot.working;
  check(began !== 'working', 'it started');
  const { code: exit } = await bot.ended;
  check(exit === 2 && bot.log().includes(code), `exit ${exit}: ${bot.log()}`);
  return bot.log().trim().split('\n').at(-1) ?? '';
}

async function stopped(bot: BotProcess): Promise<number> {
  const began = performance.now();
  bot.child.kill('SIGTERM');
  const { code } = await bot.ended;
  check(code === 0, `exit ${code} after SIGTERM: ${bot.log()}`);
  return Math.round(performance.now() - began);
}

function passHours(world: World, hours: number): void {
  world.clock.stop();
  world.clock.advance(hours * 3_600_000);
  world.books.openDaysTo(dayIn('UTC', world.clock.now()));
  world.books.restate(dayIn('UTC', world.clock.now()));
}

function count(world: World, question: string): number {
  const database = new BetterSqlite(world.file, { readonly: true });
  const { length } = database.prepare(question).all();
  database.close();
  return length;
}

/** Digests that were said since an instant and that were due before it. */
function oldDigests(world: World, since: Instant): string[] {
  const database = new BetterSqlite(world.file, { readonly: true });
  const rows = database
    .prepare<[string], { subject: string; at: string; time_zone: string; target_id: string }>(
      `select o.subject, o.target_id, s.at, s.time_zone from outbox o
       join digest_schedules s on s.channel_id = o.target_id
       where o.subject like 'digest-day:%' and o.created_at >= ?`,
    )
    .all(since);
  database.close();
  return rows
    .filter((row) => {
      const date = /\d{4}-\d{2}-\d{2}/.exec(row.subject)?.[0] ?? '';
      return dueInstant({ at: row.at, timeZone: row.time_zone }, date) < since;
    })
    .map((row) => `${row.target_id} ${row.subject}`);
}

/** Settles and compares; answers a short account, throws when anything is wrong. */
async function wellAfter(world: World): Promise<string> {
  await settle(world);
  const found = await compare(world);
  const { lost, doubled, stale, halfStored, behind, stuck, ownFaults, complaints, integrity, messages } =
    found;
  const faults = [lost, doubled, stale, halfStored, behind, stuck, ownFaults, complaints].flat();
  check(
    faults.length === 0 && integrity === 'ok',
    `${faults.slice(0, 4).join(' | ')}, integrity ${integrity}`,
  );
  check(count(world, 'select id from incidents') === 0, 'an incident was opened');
  return `${messages} messages, 0 lost, 0 doubled, 0 half-stored, no incident, integrity ok`;
}

function smallDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tallyman-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]);
  return folder;
}

function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
}

const ordeals: readonly MachineOrdeal[] = [
  {
    name: 'SIGTERM under load',
    async run(world) {
      const storm = startStorm(world);
      passHours(world, 2);
      const bot = await start(world);
      await wait(1000);
      const took = await stopped(bot);
      storm.stop();
      const jobs = count(world, "select id from jobs where state = 'running'");
      check(took < 10_000 && jobs === 0, `${took} ms, ${jobs} jobs running`);
      return `exit 0 after ${took} ms, 0 jobs left running`;
    },
  },
  {
    name: 'a second instance',
    async run(world) {
      passHours(world, 2);
      const first = await start(world);
      const said = await refused(world, 'database.in-use');
      await wait(500);
      await stopped(first);
      return `"${said}"; the first: ${await wellAfter(world)}`;
    },
  },
  {
    name: 'SIGSTOP',
    async run(world) {
      passHours(world, 25);
      const first = await start(world);
      await wait(300);
      first.child.kill('SIGSTOP');
      await refused(world, 'database.in-use');
      await wait(2000);
      first.child.kill('SIGCONT');
      await wait(500);
      await stopped(first);
      return `the stopped one keeps its lock, a second is refused; after SIGCONT ${await wellAfter(world)}`;
    },
  },
  {
    name: 'SIGSTOP, and the lock file deleted',
    async run(world) {
      passHours(world, 25);
      const first = await start(world);
      await wait(300);
      first.child.kill('SIGSTOP');
      rmSync(`${world.file}-lock`);
      const second = world.startBot({ rate });
      const isThere = (await second.working) === 'working';
      // The first may have been stopped in the middle of a transaction.
      check(isThere || second.log().includes('database.busy'), `did not start: ${second.log()}`);
      await wait(2000);
      first.child.kill('SIGCONT');
      await wait(1500);
      await Promise.all([stopped(first), ...(isThere ? [stopped(second)] : [])]);
      const began = isThere
        ? 'both work on one file for a while'
        : 'the second is told that the file is held';
      return `${began}: ${await wellAfter(world)}`;
    },
  },
  {
    name: 'disk full',
    folder: smallDisk,
    async run(world) {
      passHours(world, 25);
      const filler = join(world.folder, 'filler');
      fill(filler);
      const bot = world.startBot({ rate });
      const began = await bot.working;
      await wait(1500);
      rmSync(filler);
      const full = bot.log().includes('database.disk-full') || bot.log().includes('disk-full');
      check(full, `nothing said of the full disk: ${bot.log().slice(0, 300)}`);
      if (began === 'working') {
        await wait(1000);
        await stopped(bot);
      }
      return `named disk-full, ${began === 'working' ? 'ran on' : 'did not start'}; with space again ${await wellAfter(world)}`;
    },
  },
  {
    name: 'read-only',
    async run(world) {
      passHours(world, 2);
      const data = join(world.folder, 'data');
      execFileSync('mount', ['--bind', data, data]);
      try {
        execFileSync('mount', ['-o', 'remount,ro,bind', data]);
        const said = await refused(world, 'database.');
        execFileSync('umount', ['-l', data]);
        return `"${said}"; writable again ${await wellAfter(world)}`;
      } catch (error) {
        execFileSync('umount', ['-l', data]);
        throw error;
      }
    },
  },
  {
    name: 'another process holds the database for 12 s',
    async run(world) {
      passHours(world, 25);
      const bot = await start(world);
      const holder = new BetterSqlite(world.file);
      holder.exec('BEGIN IMMEDIATE');
      await wait(12_000);
      holder.exec('ROLLBACK');
      holder.close();
      await wait(1500);
      check(bot.child.exitCode === null, `it ended: ${bot.log()}`);
      await stopped(bot);
      const busy = bot.log().split('database.busy').length - 1;
      check(busy > 0, `nothing said of the busy database: ${bot.log().slice(0, 300)}`);
      return `${busy} times busy in the log; ${await wellAfter(world)}`;
    },
  },
  {
    name: 'a corrupt page',
    async run(world) {
      const backup = join(world.folder, 'backup.db');
      backupDatabase(world.file, backup);
      const bytes = readFileSync(world.file);
      bytes.fill(0xa5, bytes.length - 4 * 4096, bytes.length - 2 * 4096);
      writeFileSync(world.file, bytes);
      passHours(world, 2);
      const said = await refused(world, 'database.corrupt');
      await restoreDatabase(backup, world.file, world.clock.now());
      return `"${said}"; restored: ${await wellAfter(world)}`;
    },
  },
  {
    name: 'an old backup',
    async run(world) {
      const backup = join(world.folder, 'backup.db');
      backupDatabase(world.file, backup);
      await settle(world, 5 * 24);
      const said = world.chats.flatMap((chat) => chat.messages()).length;
      const restoredAt = world.clock.now();
      await restoreDatabase(backup, world.file, restoredAt);
      await settle(world, 2);
      const old = oldDigests(world, restoredAt);
      check(old.length === 0, `said again: ${old.join(', ')}`);
      await settle(world, 24);
      const digests = count(
        world,
        "select id from outbox where subject like 'digest-day:%' and state = 'sent'",
      );
      check(digests === 3, `${digests} digests of three on the next day`);
      return `${said} messages in five days; restored from before them: 0 old digests, then one a channel`;
    },
  },
  {
    name: 'a migration killed half-way',
    async run(world) {
      const { signal } = spawnSync(process.execPath, [
        join(import.meta.dirname, 'dying-migration.js'),
        world.file,
      ]);
      check(signal === 'SIGKILL', `the migration ended with ${signal}`);
      const left = count(world, "select name from sqlite_schema where sql like '%half%'");
      check(left === 0, `${left} tables show the half migration`);
      return `nothing of it is left; ${await wellAfter(world)}`;
    },
  },
  {
    name: 'a newer schema',
    async run(world) {
      const database = new BetterSqlite(world.file);
      database.exec("insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')");
      database.close();
      const said = await refused(world, 'database.newer');
      const again = new BetterSqlite(world.file);
      again.exec("delete from kysely_migration where name = '9999-later'");
      again.close();
      return `"${said}"; ${await wellAfter(world)}`;
    },
  },
];

function fill(file: string): void {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4k'], { stdio: 'ignore' });
  } catch {
    // The disk is full, which is what it is for.
  }
}
