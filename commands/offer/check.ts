import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { checkOfferUrl } from '../../src/offers/check-url.js';
import { option } from '../../src/options.js';

export const offerCheck = defineCommand({
  name: 'offer check',
  summary: 'Check a report URL and say how to mend it; nothing is saved',
  audience: 'caller',
  access: 'member',
  examples: ['/offer check https://primetime.partners/api/client/partner/report.json?…'],
  options: z.object({
    url: option.secret('The report URL, as the platform shows it'),
    currency: option.currency('The currency of a report that names none (ReferOn)').optional(),
    token: option.secret('The statistic token, for an Affilka customer API URL').optional(),
    fix: option.flag('Mend what the URL decides, then check the rest').optional(),
  }),
  run: ({ fix = false, ...rest }, { core, progress }) => checkOfferUrl(core, { ...rest, fix }, progress),
});
