import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { drawCard } from '../../src/delivery/draw-card.js';
import { say } from '../../src/delivery/say.js';
import { sampleChannelCard, sampleDirectCard, sampleSentCard } from '../../src/incidents/notice-cards.js';

export const alertTest = defineCommand({
  name: 'alert test',
  summary: 'Send a sample alert to this channel and to you',
  audience: 'caller',
  access: 'member',
  options: z.object({}),
  examples: ['/alert test'],
  changes: true,
  async run(_options, { core, caller }) {
    const { workspace, channel, user } = caller;
    const now = core.clock.now();
    const subject = `test:${core.vault.randomId()}`;
    await core.stores.transaction(async (stores) => {
      const context = { vault: core.vault, actions: stores.actions, workspace, now };
      const post = await drawCard(sampleChannelCard(user.name), context);
      const direct = await drawCard(sampleDirectCard(channel.name), context);
      await say(stores, { workspace, target: { kind: 'channel', ...channel }, subject, card: post, now });
      await say(stores, { workspace, target: { kind: 'user', ...user }, subject, card: direct, now });
    });
    return sampleSentCard(channel.name);
  },
});
