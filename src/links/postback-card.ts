import type { Card } from '../card.js';
import type { PlatformId } from '../platforms/platform.js';
import { problemBlock } from '../problems/problem-card.js';
import { lintPostback } from './postback.js';

/** What is wrong with a postback URL, and how it should read. */
export function postbackCard(url: string, link: string | null, platform: PlatformId): Card {
  const checked = lintPostback(url, platform, link ?? undefined);
  const errors = checked.findings.filter((finding) => finding.severity === 'error').length;
  const count = checked.findings.length;
  return {
    title:
      count === 0
        ? 'The postback URL is well formed'
        : `${count} ${count === 1 ? 'thing' : 'things'} to mend in this postback URL`,
    tone: errors > 0 ? 'bad' : count > 0 ? 'warning' : 'good',
    blocks: [
      ...checked.findings.map(problemBlock),
      ...(checked.corrected
        ? [
            { type: 'text', text: 'With what is certain put right:' } as const,
            { type: 'code', text: checked.corrected } as const,
          ]
        : []),
      ...(checked.variables.length > 0
        ? [{ type: 'text', text: `It will bring: ${checked.variables.join(', ')}.`, muted: true } as const]
        : []),
      ...(link === null
        ? [
            {
              type: 'text',
              text: 'Give the tracking link too, and I compare their keys: link:https://…',
              muted: true,
            } as const,
          ]
        : []),
    ],
    problems: checked.findings.map((finding) => finding.code),
  };
}
