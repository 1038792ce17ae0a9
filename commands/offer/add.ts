import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { addOffer } from '../../src/offers/add-offer.js';
import { option } from '../../src/options.js';

export const offerAdd = defineCommand({
  name: 'offer add',
  summary: 'Add a programme by its report URL',
  audience: 'caller',
  access: 'member',
  changes: true,
  examples: [
    '/offer add https://primetime.partners/api/client/partner/report.json?… name:"Lucky Star" channel:#casino',
    '/offer add https://affiliates.example/statistic-service/report-preset/export?id=… currency:EUR',
  ],
  options: z.object({
    url: option.secret('The report URL, as the platform shows it'),
    name: option.text('What your team calls it', 'Lucky Star').optional(),
    channel: option.channel('Where its figures and alerts go; here when left out').optional(),
    currency: option.currency('The currency of a report that names none (ReferOn)').optional(),
    from: option.day('First day of history; 90 days back when left out').optional(),
    token: option.secret('The statistic token, for an Affilka customer API URL').optional(),
    fix: option.flag('Mend what the URL decides').optional(),
    anyway: option.flag('Add it although the live check asks something').optional(),
  }),
  async run(options, { core, caller, progress }) {
    const { fix = false, anyway = false, ...rest } = options;
    const { offer, card } = await addOffer(core, caller, { ...rest, fix, anyway }, progress);
    return offer ? { card, about: `offer ${offer.number}` } : { card, unchanged: true };
  },
});
