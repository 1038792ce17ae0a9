import { z } from 'zod';
import { isAdmin } from '../../src/access/is-admin.js';
import { defineCommand } from '../../src/command.js';
import { alertListCard } from '../../src/incidents/list-card.js';
import { maySee } from '../../src/incidents/may-answer.js';
import { viewOf } from '../../src/incidents/telling.js';

export const alertList = defineCommand({
  name: 'alert list',
  summary: 'Show what is wrong now',
  audience: 'caller',
  access: 'member',
  options: z.object({}),
  examples: ['/alert list'],
  async run(_options, { core, caller }) {
    const { stores, clock } = core;
    const now = clock.now();
    const open = await stores.incidents.listOpen(caller.workspace);
    const admin = await isAdmin(core, caller);
    const views = [];
    for (const incident of open) {
      if (!(await maySee(stores, incident, caller, admin))) continue;
      const view = await viewOf(stores, incident, now);
      if (view) views.push(view);
    }
    return alertListCard(views, open.length - views.length);
  },
});
