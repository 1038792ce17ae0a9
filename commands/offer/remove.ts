import { z } from 'zod';
import type { Card } from '../../src/card.js';
import { defineCommand } from '../../src/command.js';
import { findOffer } from '../../src/offers/find-offer.js';
import { removeOffer } from '../../src/offers/remove-offer.js';
import { option } from '../../src/options.js';

export const offerRemove = defineCommand({
  name: 'offer remove',
  summary: 'Remove an offer with its history; asks first',
  audience: 'caller',
  access: 'owner',
  changes: true,
  examples: ['/offer remove 3'],
  options: z.object({ offer: option.offer(), confirm: option.flag('Really remove it').optional() }),
  async run({ offer: named, confirm }, { core, caller }) {
    const offer = await findOffer(core, caller, named);
    if (!confirm) {
      const what = whatGoes(await core.stores.figures.countRows(offer.id));
      const options = { offer: String(offer.number), confirm: 'yes' };
      const card: Card = {
        title: `Remove ${offer.name} for good?`,
        tone: 'warning',
        blocks: [
          {
            type: 'text',
            text: `This deletes ${what}. It cannot be undone; /offer pause keeps the history.`,
          },
          {
            type: 'actions',
            actions: [
              { label: 'Remove it', style: 'danger', command: 'offer remove', options },
              { label: 'Pause it instead', command: 'offer pause', options: { offer: String(offer.number) } },
            ],
          },
        ],
      };
      return { card, unchanged: true };
    }
    const what = whatGoes(await removeOffer(core, offer));
    return {
      title: `${offer.name} is removed`,
      tone: 'good',
      blocks: [
        { type: 'text', text: `Deleted: ${what}.` },
        {
          type: 'text',
          text: `Its token …${offer.tokenTail} still works at ${offer.host}. Expire it there if nothing else uses it.`,
        },
      ],
    };
  },
});

function whatGoes(rows: number): string {
  return `the sealed URL, ${rows.toLocaleString('en-US')} stored rows, the log of changed figures and its alerts`;
}
