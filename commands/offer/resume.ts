import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { readableSpan } from '../../src/dates.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { resumeOffer } from '../../src/offers/resume-offer.js';
import { option } from '../../src/options.js';

export const offerResume = defineCommand({
  name: 'offer resume',
  summary: 'Read a paused offer again, missed days first',
  audience: 'caller',
  access: 'owner',
  changes: true,
  examples: ['/offer resume 3'],
  options: z.object({ offer: option.offer() }),
  async run({ offer: named }, { core, caller }) {
    const offer = await findOffer(core, caller, named);
    const missed = await resumeOffer(core, offer);
    return {
      title: `${offer.name} is read again`,
      tone: 'good',
      blocks: [
        { type: 'text', text: `Reading ${readableSpan(missed.from, missed.to)} now, then every hour.` },
      ],
    };
  },
});
