import type { Answer, Caller } from '../command.js';
import type { Core } from '../ports.js';
import { postCard } from './post-card.js';

/** Posts an answer into the caller's channel and says so. */
export async function shareReport(core: Core, caller: Caller, answer: Answer): Promise<Answer> {
  await core.stores.transaction((stores) =>
    postCard(stores, {
      workspace: caller.workspace,
      channel: caller.channel,
      subject: `report:${core.vault.randomId()}`,
      card: { ...answer.card, title: `${answer.card.title} · asked for by ${caller.user.name}` },
      files: answer.files ?? [],
      now: core.clock.now(),
    }),
  );
  return {
    card: {
      title: `Shared in ${caller.channel.name}`,
      tone: 'good',
      blocks: [{ type: 'text', text: `${answer.card.title}. Only offers of this channel are in it.` }],
    },
  };
}
