import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { editOffer } from '../../src/offers/edit-offer.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { option } from '../../src/options.js';

export const offerEdit = defineCommand({
  name: 'offer edit',
  summary: 'Change name, channel, owner, currency or start of history',
  audience: 'caller',
  access: 'owner',
  changes: true,
  examples: ['/offer edit 3 name:"Lucky Star" channel:#casino'],
  options: z.object({
    offer: option.offer(),
    name: option.text('A new name', 'Lucky Star').optional(),
    channel: option.channel('Where its figures and alerts go').optional(),
    owner: option.text('Who holds its login: @name', '@ann').optional(),
    currency: option.currency('The currency of a report that names none (ReferOn)').optional(),
    from: option.day('First day of history').optional(),
  }),
  async run({ offer: named, ...changes }, { core, caller }) {
    return editOffer(core, await findOffer(core, caller, named), changes);
  },
});
