import type { Workspace } from '../access/workspace.js';
import type { Card } from '../card.js';
import { readableDuration } from '../dates.js';

/** How alerts behave in a workspace. */
export function alertSettingsCard(workspace: Workspace, changed: boolean): Card {
  const { quietFrom, quietTo } = workspace;
  return {
    title: changed ? 'Alert settings are saved' : 'Alert settings',
    tone: changed ? 'good' : 'plain',
    blocks: [
      {
        type: 'facts',
        facts: [
          { label: 'Quiet hours', value: quietFrom && quietTo ? `${quietFrom}–${quietTo}` : 'none' },
          { label: 'Time zone', value: workspace.timeZone },
          { label: 'Direct messages', value: workspace.dmAlerts ? 'on' : 'off' },
          { label: 'Reminder to the owner', value: `after ${readableDuration(workspace.remindAfterMs)}` },
          { label: 'Then to the admins', value: `after ${readableDuration(workspace.escalateAfterMs)}` },
          { label: 'Who may add offers', value: workspace.mayAdd },
        ],
      },
      {
        type: 'text',
        text: 'Quiet hours hold messages back, never checks.',
        muted: true,
      },
    ],
  };
}
