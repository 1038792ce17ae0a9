import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { offerListCard } from '../../src/offers/list-card.js';

export const offerList = defineCommand({
  name: 'offer list',
  summary: 'List the offers: state, last good sync, latest figures',
  audience: 'caller',
  access: 'member',
  examples: ['/offer list'],
  options: z.object({}),
  run: (_options, { core, caller }) => offerListCard(core, caller),
});
