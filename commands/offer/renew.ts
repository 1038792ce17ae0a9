import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { renewOffer } from '../../src/offers/renew-offer.js';
import { option } from '../../src/options.js';

export const offerRenew = defineCommand({
  name: 'offer renew',
  summary: 'Replace the report URL of an offer; its history stays',
  audience: 'caller',
  access: 'owner',
  changes: true,
  examples: ['/offer renew "Lucky Star" https://primetime.partners/api/client/partner/report.json?…'],
  options: z.object({
    offer: option.offer(),
    url: option.secret('The new report URL, as the platform shows it'),
    token: option.secret('The statistic token, for an Affilka customer API URL').optional(),
    fix: option.flag('Mend what the URL decides').optional(),
    anyway: option.flag('Take it although it looks like another account').optional(),
  }),
  async run({ offer, fix = false, anyway = false, ...paste }, { core, caller, progress }) {
    return renewOffer(core, await findOffer(core, caller, offer), { ...paste, fix, anyway }, progress);
  },
});
