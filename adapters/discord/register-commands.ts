import { createHash } from 'node:crypto';
import type { SurfaceStateStore } from '../../src/access/surface-state.js';
import type { Command } from '../../src/command.js';
import type { Log } from '../../src/ports.js';
import type { DiscordApi } from './api.js';
import { commandDefinitions } from './command-definitions.js';

/** Registers the commands if they differ from what was registered last. Answers whether it did. */
export async function registerCommands(
  application: string,
  commands: readonly Command[],
  parts: { readonly api: DiscordApi; readonly state: SurfaceStateStore; readonly log: Log },
): Promise<boolean> {
  const definitions = commandDefinitions(commands);
  const hash = createHash('sha256').update(JSON.stringify(definitions)).digest('hex');
  const key = `discord:commands:${application}`;
  if ((await parts.state.get(key)) === hash) return false;
  await parts.api.register(application, definitions);
  // Only afterwards: a start that was cut off in between registers once more.
  await parts.state.set(key, hash);
  parts.log.info({ commands: definitions.length }, 'Discord commands registered');
  return true;
}
