import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { Slots } from '../src/ports.js';
import { nameProblem } from './postgres-problems.js';

export interface PostgresSlots extends Slots {
  close(): Promise<void>;
}

/** Seconds: a machine that lost its power is known to be gone after half a minute, not after two hours. */
const keepAlive =
  'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/** For each key the first of these places that is free. */
const lockAll = `select (
    select place from unnest(string_to_array(places, ',')::int[]) as place
    where pg_try_advisory_lock(hashtext(key), place) limit 1
  ) as place
  from unnest($1::text[], $2::text[]) as asked (key, places)`;

const unlockAll = `select pg_advisory_unlock(hashtext(key), place)
  from unnest($1::text[], $2::int[]) as held (key, place)`;

/** The server says that it ends the session before it does, in answer to what is asked then. */
function isEndOfSession(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code?.startsWith('57P') === true;
}

async function endOf(client: pg.Client): Promise<void> {
  await Promise.race([
    new Promise<void>((resolve) => client.once('end', resolve)),
    wait(5_000, null, { ref: false }),
  ]);
}

interface Wanted {
  readonly key: string;
  readonly width: number;
  take(place: number | null): void;
  fail(error: unknown): void;
}

interface Place {
  readonly key: string;
  readonly place: number;
}

/** A place may be held a moment longer than it is needed, and be let go with the next question or with others. */
const longestHeldMs = 5;

/**
 * Places as advisory locks of one session, which the server lets go of when the process dies. A session that is lost is
 * opened again at the next use, and takes again what is still held: until then another process may have the same place.
 * Whatever is asked for while a question is under way goes into the next one.
 */
export function openSlots(
  url: string,
  schema: string,
  onIdleError: (error: Error) => void = () => {},
): PostgresSlots {
  const held = new Map<string, Set<number>>();
  let session: Promise<pg.Client> | null = null;
  let isOpen = true;
  let wanted: Wanted[] = [];
  let left: Place[] = [];
  let isAsking = false;
  let timer: NodeJS.Timeout | null = null;

  const nameOf = (key: string) => `${schema}:${key}`;

  function connected(): Promise<pg.Client> {
    session ??= connect().catch((error: unknown) => {
      session = null;
      return nameProblem(error);
    });
    return session;
  }

  async function connect(): Promise<pg.Client> {
    const settings = { connectionTimeoutMillis: 10_000, keepAlive: true, pipeline: true };
    const client = new pg.Client({ connectionString: url, ...settings });
    const lost = (error: Error) => {
      onIdleError(error);
      session = null;
      if (isOpen && held.size > 0) connected().catch(onIdleError);
    };
    client.once('error', lost);
    await client.connect();
    client.on('error', () => {});
    await client.query(keepAlive);
    for (const [key, places] of held) {
      for (const place of places) await lockAgain(client, key, place);
    }
    return client;
  }

  async function lock(client: pg.Client, asked: readonly (readonly [string, string])[]) {
    const values = [asked.map(([key]) => nameOf(key)), asked.map(([, places]) => places)];
    const { rows } = await client.query<{ place: number | null }>({ name: 'lock', text: lockAll, values });
    return rows.map(({ place }) => place);
  }

  /** Who looked whether we are gone may hold our place for a moment. */
  async function lockAgain(client: pg.Client, key: string, place: number): Promise<void> {
    for (let tries = 0; tries < 20 && (await lock(client, [[key, `${place}`]]))[0] === null; tries += 1) {
      await wait(50);
    }
  }

  async function unlock(client: pg.Client, places: readonly Place[]): Promise<void> {
    const values = [places.map(({ key }) => nameOf(key)), places.map(({ place }) => place)];
    // A session that was lost holds nothing.
    await client.query({ name: 'unlock', text: unlockAll, values }).catch(() => {});
  }

  function startAsking(): void {
    if (isAsking) return;
    isAsking = true;
    // What else is asked for in this turn goes along.
    process.nextTick(askAll);
  }

  async function askAll(): Promise<void> {
    do await askOnce();
    while (wanted.length > 0);
    isAsking = false;
    if (left.length > 0) letGoSoon();
  }

  function letGoSoon(): void {
    timer ??= setTimeout(startAsking, longestHeldMs).unref();
  }

  async function askOnce(): Promise<void> {
    // Of a key one at a time: a session may take its own lock twice.
    const keys = new Set<string>();
    const asked = wanted.filter(({ key }) => !keys.has(key) && keys.add(key));
    wanted = wanted.filter((one) => !asked.includes(one));
    const given = left;
    left = [];
    if (timer) clearTimeout(timer);
    timer = null;
    try {
      const places = await ask(asked, given, true);
      for (const [index, one] of asked.entries()) settle(one, places?.[index] ?? null);
    } catch (error) {
      for (const one of asked) one.fail(error);
    }
  }

  async function ask(
    asked: readonly Wanted[],
    given: readonly Place[],
    mayAskAgain: boolean,
  ): Promise<readonly (number | null)[] | null> {
    const used = asked.length > 0 ? connected() : session;
    const client = await used;
    const { stream } = client?.connection ?? {};
    stream?.cork();
    const unlocking = client && given.length > 0 ? unlock(client, given) : null;
    const locking = client && asked.length > 0 ? lock(client, asked.map(choicesOf)) : null;
    stream?.uncork();
    try {
      const [places] = await Promise.all([locking, unlocking]);
      return places;
    } catch (error) {
      if (client && session === used && isEndOfSession(error)) await endOf(client);
      // The server has let go of all that a lost session took, so that nothing is taken twice.
      if (mayAskAgain && isOpen && session !== used) return ask(asked, [], false);
      return nameProblem(error);
    }
  }

  function choicesOf({ key, width }: Wanted): readonly [string, string] {
    const free = Array.from({ length: width }, (_, place) => place).filter(
      (place) => !held.get(key)?.has(place),
    );
    return [key, free.join(',')];
  }

  function settle({ key, take }: Wanted, place: number | null): void {
    if (place !== null) held.set(key, (held.get(key) ?? new Set<number>()).add(place));
    take(place);
  }

  function letGo(key: string, place: number): void {
    const own = held.get(key);
    own?.delete(place);
    if (own?.size === 0) held.delete(key);
    left.push({ key, place });
    letGoSoon();
  }

  return {
    async take(key, width) {
      const place = await new Promise<number | null>((take, fail) => {
        wanted.push({ key, width, take, fail });
        startAsking();
      });
      return place === null ? null : async () => letGo(key, place);
    },
    async close() {
      isOpen = false;
      if (timer) clearTimeout(timer);
      const client = await session?.catch(() => null);
      session = null;
      await client?.end();
    },
  };
}
