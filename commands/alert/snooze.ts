import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { snoozeIncident } from '../../src/incidents/answer-incident.js';
import { directCard } from '../../src/incidents/incident-card.js';
import { incidentToAnswer } from '../../src/incidents/may-answer.js';
import { viewOf } from '../../src/incidents/telling.js';
import { option } from '../../src/options.js';
import { incidentUnknown } from '../../src/problems/incident.js';
import { ProblemError } from '../../src/problems/problem.js';

export const alertSnooze = defineCommand({
  name: 'alert snooze',
  summary: 'Be reminded of an alert later',
  audience: 'caller',
  access: 'member',
  options: z.object({
    incident: option.incident(),
    for: option.duration('How long: 30m, 4h or 2d'),
  }),
  examples: ['/alert snooze 3 for:4h'],
  changes: true,
  async run({ incident: number, for: milliseconds }, { core, caller }) {
    const now = core.clock.now();
    return core.stores.transaction(async (stores) => {
      const found = await incidentToAnswer(stores, number, caller);
      const snoozed = await snoozeIncident({ stores, vault: core.vault }, found, milliseconds, now);
      const view = await viewOf(stores, snoozed, now);
      if (!view) throw new ProblemError(incidentUnknown(number));
      return directCard(view);
    });
  },
});
