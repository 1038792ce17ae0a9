import { randomBytes } from 'node:crypto';
import { addMilliseconds, type Instant } from '../../src/dates.js';
import { sendNext } from '../../src/delivery/send-next.js';
import type { Telling } from '../../src/incidents/telling.js';
import { tendIncidents } from '../../src/incidents/tend-incidents.js';
import type { Core, Stores } from '../../src/ports.js';
import type { Problem } from '../../src/problems/problem.js';
import type { Vault } from '../../src/secrets.js';
import { type PretendChat, pretendChat } from './pretend-chat.js';
import { openTestStores } from './sqlite.js';
import { now } from './stored.js';

/** A clock that only moves when it is told to. */
export interface FakeClock {
  now(): Instant;
  forward(milliseconds: number): void;
  set(instant: Instant): void;
}

export function fakeClock(start: Instant = now): FakeClock {
  let current = start;
  return {
    now: () => current,
    forward: (milliseconds) => {
      current = addMilliseconds(current, milliseconds);
    },
    set: (instant) => {
      current = instant;
    },
  };
}

/** Marks texts with their place instead of sealing them. */
export const openVault: Vault = {
  seal: (text, place) => JSON.stringify([text, place]),
  open: (sealed, place) => {
    const [text, sealedFor] = JSON.parse(sealed) as [string, unknown];
    if (JSON.stringify(sealedFor) !== JSON.stringify(place)) throw new Error('sealed elsewhere');
    return text;
  },
  fingerprint: (text) => `fingerprint of ${text}`,
  randomId: () => randomBytes(16).toString('base64url'),
};

export interface Bench {
  readonly core: Core;
  readonly clock: FakeClock;
  readonly chat: PretendChat;
  readonly stores: Stores;
  /** Runs work as a sync does, in one transaction. */
  inTransaction<T>(work: (telling: Telling) => Promise<T>): Promise<T>;
  /** Delivers all that is due now; fails when it never ends. */
  deliverAll(): Promise<number>;
  /** Runs the minute's round until it has nothing to do. */
  tendAll(): Promise<number>;
}

/** The core on real stores, a clock of ours and a pretend chat product. */
export async function openBench(start: Instant = now, known?: Stores): Promise<Bench> {
  const stores = known ?? (await openTestStores());
  const clock = fakeClock(start);
  const chat = pretendChat();
  const quiet = () => {};
  const core: Core = {
    clock,
    stores,
    vault: openVault,
    gates: { token: (_token, work) => work(), host: (_host, work) => work() },
    allowsPrivate: () => false,
    platforms: [],
    http: { get: () => Promise.reject(new Error('nothing is fetched here')) },
    charts: { png: () => Promise.reject(new Error('nothing is drawn here')) },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    messengers: new Map([['slack', chat]]),
  };
  return {
    core,
    clock,
    chat,
    stores,
    inTransaction: (work) => stores.transaction((inside) => work({ stores: inside, vault: openVault })),
    deliverAll: () => untilDone(() => sendNext(core)),
    tendAll: () => untilDone(() => tendIncidents(core)),
  };
}

async function untilDone(step: () => Promise<boolean>): Promise<number> {
  for (let steps = 0; steps < 5000; steps += 1) {
    if (!(await step())) return steps;
  }
  throw new Error('the steps never come to an end');
}

export function problem(code: string): Problem {
  return { code, what: `This is ${code}.`, why: 'It is a test.', fix: ['Mend it.'] };
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
