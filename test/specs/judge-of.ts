import { readFileSync } from 'node:fs';
import type { Judge } from './discord-judge.js';
import type { SentBody } from './sent-body.js';
import type { SlackSchemas } from './slack-schema.js';
import { specsFolder } from './specs-folder.js';

/** Where the run left the schemas of Slack's types: making them takes seconds, and every worker needs them. */
export const slackSchemasVariable = 'SPECS_SLACK_SCHEMAS';

const judges = new Map<SentBody['surface'], Promise<Judge | null>>();

/** The judge by schema; `null` but in `npm run test:specs`, and for Discord where its description is not at hand. */
export function judgeOf(surface: SentBody['surface']): Promise<Judge | null> {
  const judge = judges.get(surface) ?? open(surface);
  judges.set(surface, judge);
  return judge;
}

/** Loaded only where it judges: ordinary tests stay quick. */
async function open(surface: SentBody['surface']): Promise<Judge | null> {
  const schemas = process.env[slackSchemasVariable];
  if (schemas === undefined) return null;
  if (surface === 'discord') {
    if (specsFolder === null) return null;
    return (await import('./discord-judge.js')).openDiscordJudge(specsFolder);
  }
  const { openSlackJudge } = await import('./slack-judge.js');
  return openSlackJudge(JSON.parse(readFileSync(schemas, 'utf8')) as SlackSchemas);
}
