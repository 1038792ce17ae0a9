import BetterSqlite from 'better-sqlite3';
import { openDatabase } from '../../db/open.js';
import { databaseUrl, readConfig } from '../../src/config.js';
import { addMilliseconds, dayIn, daysBetween, type Instant } from '../../src/dates.js';
import { keyOf } from '../../src/delivery/outgoing.js';
import { dueInstant } from '../../src/digest/due.js';
import type { Chat, KeptMessage } from './chat.js';
import { wholeVersion } from './versioned-books.js';
import type { World } from './world.js';

/** What a run has come to; everything but the first lines must be nought. */
export interface Findings {
  readonly messages: number;
  readonly digests: number;
  readonly days: number;
  readonly folded: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Messages that do not show what was said last. */
  readonly stale: readonly string[];
  readonly halfStored: readonly string[];
  /** Days that do not show the newest figures after all was read again. */
  readonly behind: readonly string[];
  readonly stuck: readonly string[];
  readonly ownFaults: readonly string[];
  /** What a chat product found ill-formed. */
  readonly complaints: readonly string[];
  readonly integrity: string;
}

interface Row {
  readonly id: number;
  readonly workspace: string;
  readonly target_id: string;
  readonly subject: string;
  readonly state: string;
  readonly card: string;
  readonly attempt: number;
  readonly created_at: string;
}

/** Compares what the bot has stored with the programme's books and with what the chat product shows. */
export async function compare(world: World): Promise<Findings> {
  const database = new BetterSqlite(world.file, { readonly: true });
  world.weather.letArrive();
  const messages = world.chats.flatMap((chat) => chat.messages());
  const rows = database.prepare<[], Row>('select * from outbox order by id').all();
  const told = compareMessages(rows, world.chats);
  const digests = compareDigests(world, database, rows);
  const findings = {
    messages: messages.length,
    folded: told.folded,
    doubled: [...told.doubled, ...digests.doubled],
    lost: [...told.lost, ...digests.lost],
    stale: told.stale,
    digests: digests.count,
    stuck: stuckThings(database, world.clock.now()),
    complaints: world.chats.flatMap((chat) => chat.complaints()),
    ownFaults: database
      .prepare<[], { kind: string }>(
        "select kind || ' ' || problem as kind from incidents where problem like '%\"own.%' or problem like '%\"database.%' or kind = 'delivery-failed'",
      )
      .all()
      .map((row) => row.kind),
    integrity: String(database.pragma('integrity_check', { simple: true })),
  };
  database.close();
  return { ...findings, ...(await compareDays(world)) };
}

function compareMessages(rows: readonly Row[], chats: readonly Chat[]) {
  const byMark = new Map<string, KeptMessage[]>();
  for (const { workspace, messages } of chats) {
    for (const message of messages()) {
      const name = `${workspace} ${message.mark}`;
      byMark.set(name, [...(byMark.get(name) ?? []), message]);
    }
  }
  const markOf = ({ workspace, id, created_at: createdAt }: Row) =>
    `${workspace} ${chats.find((chat) => chat.workspace === workspace)?.markOf(keyOf({ id, createdAt }))}`;
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = `${row.target_id} ${row.subject}`;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const lost: string[] = [];
  const stale: string[] = [];
  let folded = 0;
  // Also what belongs to no row: the details in a message's thread.
  const doubled = [...byMark].flatMap(([mark, shown]) =>
    shown.length > 1 ? [`${mark}: ${shown.length} times`] : [],
  );
  for (const [name, group] of groups) {
    const shown = group.flatMap((row) => byMark.get(markOf(row)) ?? []);
    const last = group.at(-1);
    if (shown.length > 1) doubled.push(name);
    const [message] = shown;
    if (message) {
      const { title } = JSON.parse(last?.card ?? '{}') as { title?: string };
      if (last?.state === 'sent' && !wordsOf(message.text).includes(wordsOf(title ?? ''))) {
        stale.push(`${name}: ${message.text.slice(0, 80)}`);
      }
      if (last?.state !== 'sent') lost.push(`${name}: its last word is ${last?.state}`);
    } else if (group.every((row) => row.state === 'dropped') && name.includes(' incident:')) folded += 1;
    else lost.push(`${name}: ${group.map((row) => row.state).join()}`);
  }
  return { lost, doubled, stale, folded };
}

/** Each product escapes marks in its own way; letters and digits are the same everywhere. */
function wordsOf(text: string): string {
  return text.replaceAll(/&\w+;|[^\p{L}\p{N}]/gu, '');
}

interface Schedule {
  readonly channel_id: string;
  readonly at: string;
  readonly time_zone: string;
  readonly created_at: string;
}

/** Counts digests by the calendar, whatever the bot's own books say. */
function compareDigests(world: World, database: BetterSqlite.Database, rows: readonly Row[]) {
  const lost: string[] = [];
  const doubled: string[] = [];
  let count = 0;
  const until = addMilliseconds(world.clock.now(), -3_600_000);
  for (const schedule of database.prepare<[], Schedule>('select * from digest_schedules').all()) {
    const zone = schedule.time_zone;
    for (const date of daysBetween(dayIn(zone, schedule.created_at), dayIn(zone, until))) {
      const due = dueInstant({ at: schedule.at, timeZone: zone }, date);
      if (due < schedule.created_at || due > until) continue;
      const name = `${schedule.channel_id} digest-day:${date}`;
      const found = rows.filter(
        (row) =>
          row.target_id === schedule.channel_id &&
          row.subject.startsWith(`digest-day:${date}`) &&
          row.state === 'sent',
      );
      if (found.length === 0) lost.push(`${name}: never said`);
      if (found.length > 1) doubled.push(`${name}: ${found.length} sayings`);
      count += found.length;
    }
  }
  return { lost, doubled, count };
}

function stuckThings(database: BetterSqlite.Database, now: Instant): string[] {
  const hourAgo = addMilliseconds(now, -3_600_000);
  const questions: readonly (readonly [string, string, readonly string[]])[] = [
    ['jobs left running', "select id from jobs where state = 'running'", []],
    ['jobs not begun', "select id from jobs where state = 'waiting' and run_at < ?", [hourAgo]],
    ['rows left sending', "select id from outbox where state = 'sending'", []],
    ['rows not sent', "select id from outbox where state = 'new' and not_before < ?", [hourAgo]],
    ['rows failed', "select id from outbox where state = 'failed'", []],
  ];
  return questions.flatMap(([what, question, given]) => {
    const { length } = database.prepare(question).all(...given);
    return length === 0 ? [] : [`${length} ${what}`];
  });
}

/** What is stored of each day, whoever else has the database open. */
export async function compareDays({
  environment,
  books,
  chats,
}: World): Promise<Pick<Findings, 'days' | 'halfStored' | 'behind'>> {
  const { stores, close } = await openDatabase(databaseUrl(readConfig(environment)));
  const { figures, offers } = stores;
  const halfStored: string[] = [];
  const behind: string[] = [];
  let days = 0;
  try {
    const all = await Promise.all(chats.map(({ workspace }) => offers.list(workspace)));
    for (const offer of all.flat()) {
      for (const { day, state } of await figures.days(offer.id, offer.historyFrom, '9999-12-31')) {
        if (state !== 'reported') continue;
        days += 1;
        const rows = await figures.rows(offer.id, day, day);
        const version = wholeVersion(rows, offer.platform === 'referon' ? 'EUR' : 'all');
        const name = `${offer.name} ${day}`;
        if (version === null) halfStored.push(name);
        else if (version !== books.versionOf(day))
          behind.push(`${name}: ${version} of ${books.versionOf(day)}`);
      }
    }
  } finally {
    await close();
  }
  return { days, halfStored, behind };
}
