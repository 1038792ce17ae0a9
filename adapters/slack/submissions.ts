import type { App } from '@slack/bolt';
import type { RefusedOption } from '../../src/dispatch.js';
import { act } from './act.js';
import { createResponder } from './asker.js';
import type { SlackContext } from './context.js';
import { openPlace } from './form-place.js';
import { limits } from './limits.js';
import { planSubmitted } from './plans.js';
import { chosenFileId, type FormState, readForm } from './read-form.js';
import { interactiveAsker, type RequestBody, workspaceOf } from './request-body.js';
import { safeLine } from './safe-text.js';

/** What a form is closed with, or kept open with. */
type Acknowledge = (errors: Readonly<Record<string, string>> | null) => boolean;

/** Forms that were handed in: one that cannot be used as it is stays open with what was typed, others are worked on. */
export function listenToSubmissions(app: App, context: SlackContext): void {
  app.view(/.*/, async ({ ack, body }) => {
    if (body.type !== 'view_submission') return ack();
    await new Promise<void>((resolve) => {
      let isAcknowledged = false;
      const acknowledge: Acknowledge = (errors) => {
        if (isAcknowledged) return false;
        isAcknowledged = true;
        resolve(errors ? ack({ response_action: 'errors', errors }) : ack());
        return true;
      };
      const patience = setTimeout(() => acknowledge(null), context.formPatienceMs);
      const work = handIn(context, body as unknown as RequestBody, acknowledge);
      context.later(
        work.finally(() => {
          clearTimeout(patience);
          acknowledge(null);
        }),
      );
    });
  });
}

async function handIn(context: SlackContext, body: RequestBody, acknowledge: Acknowledge): Promise<void> {
  const workspace = workspaceOf(body);
  const sealed = body.view?.private_metadata ?? '';
  const place = workspace ? openPlace(context.vault, workspace, body.user.id, sealed) : null;
  const asker = await interactiveAsker(context, body, {
    channelId: place?.channelId ?? null,
    channelName: place?.channelName ?? null,
    threadTs: place?.threadTs ?? null,
    responder: place ? createResponder(place.responseUrl, context) : null,
  });
  if (!asker) return;
  const state = (body.view?.state?.values ?? {}) as FormState;
  const form = {
    id: place ? place.formId : '',
    command: body.view?.callback_id ?? '',
    values: readForm(state),
    fileId: chosenFileId(state),
  };
  await act(context, { ...asker, triggerId: null }, async (caller) => {
    const plan = await planSubmitted(context, asker, form, caller);
    const refused = plan.prepared?.kind === 'run' ? plan.prepared.refused : undefined;
    const errors = refused && refused.option in state ? errorsOf(refused) : null;
    return acknowledge(errors) && errors ? { prepared: null } : plan;
  });
}

function errorsOf({ option, problem }: RefusedOption): Record<string, string> {
  return { [option]: safeLine(`${problem.what} ${problem.fix[0] ?? ''}`, limits.formError) };
}
