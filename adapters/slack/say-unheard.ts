import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { notInstalled, slackSilent } from '../../src/problems/slack.js';
import { describe } from './answer.js';
import { createResponder } from './asker.js';
import type { SlackContext } from './context.js';
import { renderCard } from './render.js';

/** The words of the error that means that the bot has no installation in a workspace. */
export const notInstalledHere = 'not installed in this workspace';

/** A request that no listener was reached by, and why. */
export interface Unheard {
  readonly error: unknown;
  readonly body: object;
}

/** Says to whoever asked that their request was not worked on, where Slack gave an address for it. Never throws. */
export async function sayUnheard(
  context: SlackContext,
  { error, body }: Unheard,
  installUrl: string | null,
): Promise<void> {
  context.log.warn({ error: describe(error) }, 'a request of Slack was not worked on');
  const responder = createResponder('response_url' in body ? body.response_url : null, context);
  if (!responder) return;
  const { text, blocks } = renderCard(drawnProblem(problemOf(error, installUrl)));
  const answer = { response_type: 'ephemeral', replace_original: false, text, blocks };
  await fetch(responder.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
    redirect: 'error',
    signal: AbortSignal.timeout(5_000),
  }).catch(() => {});
}

function problemOf(error: unknown, installUrl: string | null): Problem {
  if (error instanceof ProblemError) return error.problem;
  const isStranger = error instanceof Error && error.message.includes(notInstalledHere);
  return isStranger ? notInstalled(installUrl) : slackSilent();
}
