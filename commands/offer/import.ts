import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { importOffers } from '../../src/offers/import-offers.js';
import { option } from '../../src/options.js';

export const offerImport = defineCommand({
  name: 'offer import',
  summary: 'Add many report URLs at once, each with its own verdict',
  audience: 'caller',
  access: 'member',
  changes: true,
  examples: ['/offer import @offers.csv', '/offer import "https://… https://…"'],
  options: z.object({
    list: option.lines('One URL a line, or CSV with the columns url, name, channel, currency'),
    fix: option.flag('Mend what the URLs decide').optional(),
  }),
  run: ({ list, fix = false }, { core, caller, progress }) => importOffers(core, caller, list, fix, progress),
});
