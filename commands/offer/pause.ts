import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { pauseOffer } from '../../src/offers/pause-offer.js';
import { option } from '../../src/options.js';

export const offerPause = defineCommand({
  name: 'offer pause',
  summary: 'Stop reading an offer; its history stays',
  audience: 'caller',
  access: 'owner',
  changes: true,
  examples: ['/offer pause 3'],
  options: z.object({ offer: option.offer() }),
  async run({ offer: named }, { core, caller }) {
    const offer = await findOffer(core, caller, named);
    await pauseOffer(core, offer);
    return {
      title: `${offer.name} is paused: it is not read, and its history stays`,
      tone: 'good',
      blocks: [
        {
          type: 'actions',
          actions: [{ label: 'Resume', command: 'offer resume', options: { offer: String(offer.number) } }],
        },
      ],
    };
  },
});
