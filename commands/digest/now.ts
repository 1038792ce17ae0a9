import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { digestNow } from '../../src/digest/digest-now.js';
import { option } from '../../src/options.js';

export const digestNowCommand = defineCommand({
  name: 'digest now',
  summary: 'Sum up yesterday, or other days, right now',
  audience: 'caller',
  access: 'figures',
  options: z.object({
    range: option.text('yesterday, today, 7d, 30d, mtd, last-week or last-month', 'yesterday').optional(),
  }),
  examples: ['/digest now', '/digest now range:last-week'],
  run: ({ range }, { core, caller }) => digestNow(core, caller, range),
});
