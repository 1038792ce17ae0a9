import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { stopDigest } from '../../src/digest/stop-digest.js';
import { option } from '../../src/options.js';

export const digestStop = defineCommand({
  name: 'digest stop',
  summary: 'Stop the digest of this channel',
  audience: 'caller',
  access: 'member',
  changes: true,
  options: z.object({
    channel: option.channel('Whose digest; this channel unless said otherwise').optional(),
    every: option
      .choice('Which one, where the channel has several', ['day', 'weekday', 'week', 'month'])
      .optional(),
  }),
  examples: ['/digest stop', '/digest stop channel:#casino every:week'],
  run: (options, { core, caller }) => stopDigest(core, caller, options),
});
