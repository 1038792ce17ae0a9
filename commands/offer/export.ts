import { z } from 'zod';
import { visibleOffers } from '../../src/access/visible-offers.js';
import { defineCommand } from '../../src/command.js';
import { offersCsv } from '../../src/offers/offers-csv.js';

export const offerExport = defineCommand({
  name: 'offer export',
  summary: 'Give the list of offers as a CSV file, without secrets',
  audience: 'caller',
  access: 'member',
  examples: ['/offer export'],
  options: z.object({}),
  async run(_options, { core, caller }) {
    const offers = await visibleOffers(core, caller);
    return {
      card: {
        title: `${offers.length} ${offers.length === 1 ? 'offer' : 'offers'} as CSV`,
        tone: 'plain',
        blocks: [{ type: 'text', text: 'URLs and tokens are not in it: they stay sealed.' }],
      },
      files: [await offersCsv(core, offers)],
    };
  },
});
