import { drawCard } from '../../src/delivery/draw-card.js';
import { homeCard } from '../../src/offers/home-card.js';
import { guestRefused } from '../../src/problems/access.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { describe } from './answer.js';
import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';
import { renderCard } from './render.js';

/** Draws a person's Home tab: their own offers, and nothing for guests. Never throws. */
export async function publishHome(
  context: SlackContext,
  { workspace, client, userId, isForeign }: Pick<Asker, 'workspace' | 'client' | 'userId' | 'isForeign'>,
): Promise<void> {
  const { stores, vault, clock, directory } = context;
  try {
    const member = await directory.member(workspace, client, userId);
    const card =
      member.isGuest || isForeign
        ? drawnProblem(guestRefused())
        : await drawCard(await homeCard(context, workspace, userId), {
            vault,
            actions: stores.actions,
            workspace,
            now: clock.now(),
          });
    const { blocks } = renderCard(card, { place: 'view' });
    await client.views.publish({ user_id: userId, view: { type: 'home', blocks } });
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'a Home tab was not drawn');
  }
}
