import type { DrawnCard } from '../../src/card.js';
import { withBot } from '../support/with-bot.js';

/** The answers that the pictures show: an offer added, the next morning's digest, and a token that expires. */
export interface FirstDays {
  readonly added: DrawnCard;
  readonly digest: DrawnCard;
  /** The alert in the channel, the message to the owner, and the first of them once all is mended. */
  readonly alert: DrawnCard;
  readonly told: DrawnCard;
  readonly mended: DrawnCard;
}

/** Lives through them with the real bot, against a pretend programme. */
export async function firstDays(): Promise<FirstDays> {
  return withBot(
    async (bot) => {
      const { programme } = bot;
      const shown = (card: DrawnCard | undefined): DrawnCard => {
        if (!card) throw new Error('nothing was said');
        return JSON.parse(JSON.stringify(card).replaceAll(programme.host, 'primetime.partners')) as DrawnCard;
      };
      const url = programme.urls.affilkaReportUrl({ brands: ['12'] });
      const added = await bot.type(`/offer add ${url} name:"Lucky Star" channel:#casino`);
      await bot.settle();
      await bot.passHours(24);
      const digest = await bot.type('/digest now');
      programme.expireToken(programme.tokens.affilka);
      await bot.passHours(2);
      const alert = bot.said.findLast(({ kind }) => kind === 'channel');
      const told = bot.said.find(({ kind }) => kind === 'user');
      const opened = shown(alert?.card);
      const ownerTold = shown(told?.card);
      const fresh = programme.urls.affilkaReportUrl({
        brands: ['12'],
        token: programme.issueToken('affilka'),
      });
      await bot.passHours(7);
      await bot.type(`/offer renew "Lucky Star" ${fresh}`);
      await bot.passHours(1);
      return {
        added: shown(added.card),
        digest: shown(digest.card),
        alert: opened,
        told: ownerTold,
        mended: shown(alert?.card),
      };
    },
    { start: '2026-11-19T09:12:00.000Z' },
  );
}
