import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { readSettings } from '../../src/incidents/read-settings.js';
import { alertSettingsCard } from '../../src/incidents/settings-card.js';
import { option } from '../../src/options.js';
import { workspaceUnknown } from '../../src/problems/incident.js';
import { ProblemError } from '../../src/problems/problem.js';

export const alertSettings = defineCommand({
  name: 'alert settings',
  summary: 'Show or change quiet hours, direct messages and reminders',
  audience: 'caller',
  access: 'admin',
  options: z.object({
    quiet: option.text('Quiet hours in local time, or off', '22:00-07:00').optional(),
    dm: option.choice('Direct messages to owners', ['on', 'off']).optional(),
    remind: option.duration('Remind the owner after: 12h, 1d').optional(),
    escalate: option.duration('Tell the admins after: 2d').optional(),
    tz: option.timezone('The time zone of your team').optional(),
    add: option.choice('Who may add offers', ['members', 'admins']).optional(),
  }),
  examples: ['/alert settings quiet:22:00-07:00 tz:Europe/Malta', '/alert settings dm:off remind:12h'],
  changes: true,
  async run(typed, { core, caller }) {
    return core.stores.transaction(async ({ workspaces }) => {
      const workspace = await workspaces.get(caller.workspace);
      if (!workspace) throw new ProblemError(workspaceUnknown());
      const settings = readSettings(typed, workspace);
      const changed = Object.keys(settings).length > 0;
      if (changed) await workspaces.change(workspace.id, settings);
      return alertSettingsCard({ ...workspace, ...settings }, changed);
    });
  },
});
