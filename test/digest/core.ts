import type { Block, Card } from '../../src/card.js';
import type { Caller, Command } from '../../src/command.js';
import type { Instant } from '../../src/dates.js';
import type { Core, Stores } from '../../src/ports.js';
import { ProblemError } from '../../src/problems/problem.js';
import { createGates } from '../../src/sync/politeness.js';

/** Real stores; a clock that stands where it is put; whatever a digest or a report must not touch refuses to work. */
export function testCore(
  stores: Stores,
  now: Instant,
  logged: string[] = [],
): Core & { at(instant: Instant): void } {
  let time = now;
  let ids = 0;
  const refuse = () => {
    throw new Error('not used here');
  };
  return {
    at: (instant) => {
      time = instant;
    },
    clock: { now: () => time },
    stores,
    http: { get: refuse },
    vault: {
      seal: refuse,
      open: refuse,
      fingerprint: refuse,
      randomId: () => {
        ids += 1;
        return `id-${ids}`;
      },
    },
    platforms: [],
    gates: createGates(),
    allowsPrivate: () => false,
    charts: { png: refuse },
    log: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (_fields, message) => logged.push(message),
    },
    messengers: new Map(),
  };
}

export function caller(change: Partial<Caller> = {}): Caller {
  return {
    workspace: 'slack:T1',
    user: { id: 'U2', name: 'Ben' },
    channel: { id: 'C1', name: '#casino' },
    isGuest: false,
    isSurfaceAdmin: false,
    ...change,
  };
}

/** Runs a command as dispatch does, with options as text. */
export async function runCommand(
  command: Command,
  core: Core,
  asking: Caller,
  options: Readonly<Record<string, string>> = {},
) {
  const answer = await command.run(command.options.parse(options), {
    core,
    caller: asking,
    progress: () => {},
  });
  return 'card' in answer ? answer : { card: answer, files: [] };
}

export async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  throw new Error('no problem was thrown');
}

/** The value of a fact anywhere in the card. */
export function fact(card: Card, label: string): string | undefined {
  return facts(card).find((entry) => entry.label === label)?.value;
}

export function facts(card: Card) {
  return allBlocks(card).flatMap((block) => (block.type === 'facts' ? block.facts : []));
}

export function tables(card: Card) {
  return allBlocks(card).flatMap((block) => (block.type === 'table' ? [block] : []));
}

export function charts(card: Card) {
  return allBlocks(card).flatMap((block) => (block.type === 'chart' ? [block] : []));
}

export function texts(card: Card): string {
  return allBlocks(card)
    .map((block) => (block.type === 'text' ? block.text : block.type === 'steps' ? block.title : ''))
    .join('\n');
}

function allBlocks(card: Card): readonly Block[] {
  return [...card.blocks, ...(card.details ?? [])];
}
