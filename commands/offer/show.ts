import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { offerCard } from '../../src/offers/offer-card.js';
import { option } from '../../src/options.js';

export const offerShow = defineCommand({
  name: 'offer show',
  summary: 'Show one offer: state, days read, next run, latest figures',
  audience: 'caller',
  access: 'figures',
  examples: ['/offer show 3', '/offer show "Lucky Star"'],
  options: z.object({ offer: option.offer() }),
  run: async ({ offer }, { core, caller }) => offerCard(core, await findOffer(core, caller, offer)),
});
