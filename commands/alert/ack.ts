import { z } from 'zod';
import { defineCommand } from '../../src/command.js';
import { acknowledgeIncident } from '../../src/incidents/answer-incident.js';
import { directCard } from '../../src/incidents/incident-card.js';
import { incidentToAnswer } from '../../src/incidents/may-answer.js';
import { viewOf } from '../../src/incidents/telling.js';
import { option } from '../../src/options.js';
import { incidentUnknown } from '../../src/problems/incident.js';
import { ProblemError } from '../../src/problems/problem.js';

export const alertAck = defineCommand({
  name: 'alert ack',
  summary: 'Say that you take care of an alert: no more reminders',
  audience: 'caller',
  access: 'member',
  options: z.object({ incident: option.incident() }),
  examples: ['/alert ack 3'],
  changes: true,
  async run({ incident: number }, { core, caller }) {
    const now = core.clock.now();
    return core.stores.transaction(async (stores) => {
      const found = await incidentToAnswer(stores, number, caller);
      const answered = await acknowledgeIncident({ stores, vault: core.vault }, found, caller.user.name, now);
      const view = await viewOf(stores, answered, now);
      if (!view) throw new ProblemError(incidentUnknown(number));
      return directCard(view);
    });
  },
});
