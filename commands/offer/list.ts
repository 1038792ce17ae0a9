import { z } from 'zod';
import { visibleOffers } from '../../src/access/visible-offers.js';
import { defineCommand } from '../../src/command.js';
import { offerListCard } from '../../src/offers/list-card.js';

export const offerList = defineCommand({
  name: 'offer list',
  summary: 'List the offers: state, last good sync, latest figures',
  audience: 'caller',
  access: 'member',
  examples: ['/offer list'],
  options: z.object({}),
  async run(_options, { core, caller }) {
    const all = await core.stores.offers.list(caller.workspace);
    const visible = await visibleOffers(core, caller);
    return offerListCard(core, caller.workspace, visible, all.length - visible.length);
  },
});
