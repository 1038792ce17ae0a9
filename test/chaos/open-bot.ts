import type { Surface } from '../../src/access/workspace.js';
import { type Environment, readConfig } from '../../src/config.js';
import type { Messenger } from '../../src/delivery/outbox.js';
import { type OpenOptions, openSurfaces, openTallyman, type Tallyman } from '../../src/main.js';
import type { Clock } from '../../src/ports.js';

/** The whole bot with its chat adapters, on the ordeal's clock. */
export async function openBot(
  environment: Environment,
  clock: Clock,
  options: Pick<OpenOptions, 'deadlineMs' | 'syncThread'> = {},
): Promise<Tallyman> {
  const config = readConfig(environment);
  const messengers = new Map<Surface, Messenger>();
  const tallyman = await openTallyman({ ...options, config, clock, messengers, exclusive: true });
  const surfaces = await openSurfaces(config, tallyman);
  for (const { name, messenger } of surfaces) messengers.set(name, messenger);
  return {
    ...tallyman,
    async close() {
      await Promise.all(surfaces.map((surface) => surface.stop()));
      await tallyman.close();
    },
  };
}
