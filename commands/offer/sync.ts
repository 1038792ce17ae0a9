import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { syncNow } from '../../src/offers/sync-now.js';
import { option } from '../../src/options.js';

export const offerSync = defineCommand({
  name: 'offer sync',
  summary: 'Read one offer, or all of yours, now',
  audience: 'caller',
  access: 'figures',
  examples: ['/offer sync', '/offer sync "Lucky Star" from:2026-10-01 to:2026-10-31'],
  options: z.object({
    offer: option.offer('Number or name of the offer; all when left out').optional(),
    from: option.day('First day to read').optional(),
    to: option.day('Last day to read').optional(),
  }),
  run: (options, { core, caller }) => syncNow(core, caller, options),
});
