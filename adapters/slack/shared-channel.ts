import { isAdmin } from '../../src/access/is-admin.js';
import { sharedConfirmedCard } from '../../src/access/welcome-card.js';
import type { DrawnCard } from '../../src/card.js';
import type { Caller } from '../../src/command.js';
import type { Prepared } from '../../src/dispatch.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { channelShared, onlyAdminsConfirm } from '../../src/problems/slack.js';
import { withoutActions } from '../../src/without-actions.js';
import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';

const prefix = 'confirm_shared:';

/** What stands against posting to a channel that other companies read; `null` for other channels and confirmed ones. */
export async function refuseShared(
  context: SlackContext,
  asker: Asker,
  channelId: string,
): Promise<Prepared | null> {
  if (!/^[CG]/.test(channelId)) return null;
  const place = await context.directory.place(asker.workspace, asker.client, channelId).catch(() => null);
  if (!place?.isShared) return null;
  if (await context.stores.installations.isSharedConfirmed(asker.workspace, channelId)) return null;
  const problem = drawnProblem(channelShared(place.name));
  const button = { id: `${prefix}${channelId}`, label: 'Post there all the same', style: 'danger' as const };
  return answered({ ...problem, blocks: [...problem.blocks, { type: 'actions', actions: [button] }] });
}

/** The press of that button; `null` for every other button. Whoever presses is looked at again. */
export async function confirmShared(
  context: SlackContext,
  asker: Asker,
  buttonId: string,
  caller: Caller,
): Promise<Prepared | null> {
  if (!buttonId.startsWith(prefix)) return null;
  const { stores, clock } = context;
  if (caller.isGuest || !(await isAdmin({ stores }, caller)))
    return answered(drawnProblem(onlyAdminsConfirm()));
  const channelId = buttonId.slice(prefix.length);
  const place = await context.directory.place(asker.workspace, asker.client, channelId);
  await stores.installations.confirmShared(asker.workspace, channelId, caller.user.id, clock.now());
  return answered(withoutActions(sharedConfirmedCard(place.name)));
}

function answered(card: DrawnCard): Prepared {
  const reply = { ok: card.tone !== 'bad', private: true, card, files: [] };
  return { kind: 'run', private: true, run: async () => reply };
}
