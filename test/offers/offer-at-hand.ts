import type { Caller } from '../../src/command.js';
import type { Reply } from '../../src/dispatch.js';
import { ann, type Bot, cardText } from '../support/with-bot.js';

/** A member of the workspace who is neither admin nor owner, in the channel that is given. */
export function member(name = 'ben', channel = '#casino', change: Partial<Caller> = {}): Caller {
  return {
    ...ann,
    user: { id: name, name },
    channel: { id: channel, name: channel },
    isSurfaceAdmin: false,
    ...change,
  };
}

/** Adds Lucky Star, one brand of the pretend programme, and reads its history. */
export async function addLuckyStar(bot: Bot): Promise<Reply> {
  const url = bot.programme.urls.affilkaReportUrl({ brands: ['12'] });
  const reply = await bot.type(`/offer add ${url} name:"Lucky Star"`);
  await bot.settle();
  return reply;
}

/** Everything a person reads of an answer, in one text. */
export function textOf(reply: Reply): string {
  return cardText(reply.card);
}

export function codesOf(reply: Reply): readonly string[] {
  return reply.card.problems ?? [];
}

export async function offerOf(bot: Bot, name: string) {
  const offer = await bot.tallyman.core.stores.offers.find('terminal', name);
  if (!offer) throw new Error(`no offer ${name}`);
  return offer;
}

/** The audit log, oldest first: `Ann offer add offer 1 done`. */
export async function auditOf(bot: Bot, workspace = 'terminal'): Promise<string[]> {
  const entries = await bot.tallyman.core.stores.audit.latest(workspace, 100);
  return entries
    .map(({ userName, action, subject, outcome }) => `${userName} ${action} ${subject} ${outcome}`)
    .reverse();
}
