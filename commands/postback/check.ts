import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { postbackCard } from '../../src/links/postback-card.js';
import { option } from '../../src/options.js';

export const postbackCheck = defineCommand({
  name: 'postback check',
  summary: 'Check a postback URL against its platform and tracking link',
  audience: 'caller',
  access: 'member',
  examples: ['/postback check https://track.example/p?cid=${clickid} link:https://go.example/e45?clickid=abc'],
  options: z.object({
    url: option.text('The postback URL, with its variables', 'https://track.example/p?cid=${clickid}'),
    link: option.text('The tracking link that it must match', 'https://go.example/e45?clickid=abc').optional(),
  }),
  run: async ({ url, link }, { core }) => postbackCard(url, link ?? null, core.platforms),
});
