import type { Caller } from '../../src/command.js';
import type { Prepared } from '../../src/dispatch.js';
import { unexpected } from '../../src/problems/own.js';
import { type Problem, ProblemError } from '../../src/problems/problem.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { formTooLate, slackSilent } from '../../src/problems/slack.js';
import { withoutActions } from '../../src/without-actions.js';
import { describe, showCard, showProgress, showReply } from './answer.js';
import { type Asker, callerOf } from './asker.js';
import type { SlackContext } from './context.js';
import { sealPlace } from './form-place.js';
import { renderForm } from './render-form.js';

/**
 * `prepared` is `null` where the answer has been said already, in the form itself. `keepPrivate`: what was typed
 * held a secret, so nothing of the answer is posted, whatever the command says.
 */
export interface Plan {
  readonly prepared: Prepared | null;
  readonly keepPrivate?: boolean;
}

/**
 * From a request that was acknowledged to its answer: who asks, what is to be done, then a form or the work and its
 * answer. Never throws: whatever goes wrong is said to the caller, or logged when even that fails.
 */
export async function act(
  context: SlackContext,
  asker: Asker,
  prepare: (caller: Caller, canShowForm: boolean) => Promise<Plan>,
): Promise<void> {
  const caller = await callerOf(context, asker).catch((error: unknown) => {
    context.log.warn({ error: describe(error) }, 'Slack did not tell who asks');
    return null;
  });
  if (caller === null) {
    await showCard(context, asker, drawnProblem(slackSilent()));
    return;
  }
  try {
    await answer(context, asker, caller, await prepare(caller, asker.triggerId !== null));
  } catch (error) {
    await showCard(context, asker, drawnProblem(explain(context, error)));
  }
}

async function answer(context: SlackContext, asker: Asker, caller: Caller, plan: Plan): Promise<void> {
  const { prepared, keepPrivate = false } = plan;
  if (prepared === null) return;
  if (prepared.kind === 'form') {
    await openForm(context, asker, prepared, caller);
    return;
  }
  const reply = await prepared.run((card) => {
    context.later(showProgress(context, asker, withoutActions(card)));
  });
  await showReply(context, asker, { ...reply, private: reply.private || prepared.private || keepPrivate });
}

/** What is not a problem that somebody wrote down is a fault of ours: a number for the log, and nothing else. */
function explain({ vault, log }: SlackContext, error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const number = vault.randomId().slice(0, 8);
  log.error({ number, error: describe(error) }, 'a request of Slack failed unexpectedly');
  return unexpected(number);
}

async function openForm(
  context: SlackContext,
  asker: Asker,
  prepared: Extract<Prepared, { kind: 'form' }>,
  caller: Caller,
): Promise<void> {
  const { form } = prepared;
  const view = renderForm(form, sealPlace(context.vault, asker, form.id), { channelId: caller.channel.id });
  try {
    await asker.client.views.open({ trigger_id: asker.triggerId ?? '', view });
  } catch (error) {
    context.log.warn({ error: describe(error) }, 'a form was not opened');
    const command = context.dispatch.commands.find(({ name }) => name === form.command);
    const example = command?.examples[0] ?? `/${form.command}`;
    await showCard(context, asker, drawnProblem(formTooLate(example)));
  }
}
