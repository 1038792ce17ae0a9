import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { postbackCard } from '../../src/links/postback-card.js';
import { option } from '../../src/options.js';

const variable = '$' + '{clickid}';

export const postbackCheck = defineCommand({
  name: 'postback check',
  summary: 'Check a postback URL against its platform and tracking link',
  audience: 'caller',
  access: 'member',
  examples: [
    `/postback check https://track.example/p?cid=${variable} link:https://go.example/e45?clickid=abc`,
  ],
  options: z.object({
    url: option.text('The postback URL, with its variables', `https://track.example/p?cid=${variable}`),
    link: option
      .text('The tracking link that it must match', 'https://go.example/e45?clickid=abc')
      .optional(),
    platform: option.choice('Whose postback it is', ['affilka', 'referon']).optional(),
  }),
  run: async ({ url, link, platform }) => postbackCard(url, link ?? null, platform ?? 'affilka'),
});
