import type { Surface } from './access/workspace.js';
import type { ChatSurface, Route } from './chat-surface.js';
import type { Instant } from './dates.js';
import type { Messenger } from './delivery/outbox.js';
import { examineHealth, type Health, type HealthOptions } from './health.js';
import type { Core } from './ports.js';
import type { Role } from './role.js';
import { stopWithin } from './stopping.js';
import type { Work } from './work.js';

/** Something that runs until it is stopped. */
interface Running {
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly core: Core;
  readonly work: Work;
  readonly role: Role;
  /** The core's own messengers; each surface that opens is added. */
  readonly messengers: Map<Surface, Messenger>;
  openSurfaces(): Promise<readonly ChatSurface[]>;
  /** Starts the loops; `ticked` is called after each minute's round. */
  keepWorking(ticked: () => void): Running;
  /** `null` where nothing listens. */
  readonly startWeb: ((routes: readonly Route[], health: () => Promise<Health>) => Promise<Running>) | null;
  /** Resolves with the reason when it is time to stop. */
  readonly ended: Promise<string>;
  /** Closes database and network. */
  close(): Promise<void>;
}

/** Less than the ten seconds after which Docker and systemd kill. */
const stopMs = 9_000;

/** Opens all surfaces, works until `ended`, and stops within ten seconds. Throws what keeps it from starting. */
export async function serve(options: ServeOptions): Promise<void> {
  const { core, ended } = options;
  const { log } = core;
  const running: Running[] = [];
  const stop = () =>
    stopWithin(stopMs, [() => Promise.all(running.map((part) => part.stop())), () => options.close()], log);
  try {
    // A far side that is away is waited for; being told to stop must not wait for it.
    const reason = await Promise.race([ended, start(options, running)]);
    log.info({ reason: reason ?? (await ended) }, 'stopping');
  } catch (error) {
    await stop();
    throw error;
  }
  await stop();
  log.info({}, 'stopped');
}

async function start(options: ServeOptions, running: Running[]): Promise<null> {
  const { core, messengers, role, startWeb } = options;
  const { log } = core;
  const surfaces = await options.openSurfaces();
  running.push(...surfaces);
  for (const { name, messenger } of surfaces) messengers.set(name, messenger);
  let lastTick: Instant | null = null;
  const health = () => examineHealth(healthOf(options, () => lastTick));
  const routes = role === 'worker' ? [] : surfaces.flatMap((surface) => surface.routes ?? []);
  if (startWeb) running.push(await startWeb(routes, health));
  if (role !== 'web') {
    await work(options, running, () => {
      lastTick = core.clock.now();
    });
  }
  log.info({ surfaces: surfaces.map(({ name }) => name), role }, 'at work');
  return null;
}

async function work(options: ServeOptions, running: Running[], ticked: () => void): Promise<void> {
  const { log } = options.core;
  await options.work.plan().then(ticked, (error: unknown) => log.error({ error }, 'tick failed'));
  running.push(options.keepWorking(ticked));
}

/** A web process only answers: late rounds and messages are for the workers to tell. */
function healthOf({ core, role }: ServeOptions, lastTick: () => Instant | null): HealthOptions {
  const { clock, stores } = core;
  const nextMessageDue = () => stores.outbox.nextDue();
  if (role !== 'web') return { clock, lastTick, nextMessageDue };
  return { clock, lastTick: () => clock.now(), nextMessageDue: () => nextMessageDue().then(() => null) };
}
