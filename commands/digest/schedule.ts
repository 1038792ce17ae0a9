import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { scheduleDigest } from '../../src/digest/schedule-digest.js';
import { option } from '../../src/options.js';

export const digestSchedule = defineCommand({
  name: 'digest schedule',
  summary: 'Post a digest in this channel at a local time',
  audience: 'caller',
  access: 'member',
  changes: true,
  options: z.object({
    at: option.time('Local time'),
    tz: option.timezone('Time zone of that time'),
    every: option.choice('How often', ['day', 'weekday', 'week', 'month']).optional(),
    channel: option.channel('Where; this channel unless said otherwise').optional(),
  }),
  examples: [
    '/digest schedule at:09:00 tz:Europe/Malta',
    '/digest schedule at:08:30 tz:America/New_York every:week channel:#casino',
  ],
  run: (options, { core, caller }) => scheduleDigest(core, caller, options),
});
