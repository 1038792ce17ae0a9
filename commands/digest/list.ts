import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { listDigests } from '../../src/digest/list-digests.js';

export const digestList = defineCommand({
  name: 'digest list',
  summary: 'Which digests are planned, and when the next one comes',
  audience: 'caller',
  access: 'member',
  options: z.object({}),
  examples: ['/digest list'],
  run: (_options, { core, caller }) => listDigests(core, caller),
});
