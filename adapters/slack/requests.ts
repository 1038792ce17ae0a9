import type { App } from '@slack/bolt';
import { act } from './act.js';
import { type Asker, callerOf, createResponder } from './asker.js';
import type { SlackContext } from './context.js';
import { decodeTyped } from './decode-typed.js';
import { openPlace } from './form-place.js';
import { publishHome } from './home.js';
import { limits } from './limits.js';
import { planPressed, planSubmitted, planTyped } from './plans.js';
import { type FormState, readForm } from './read-form.js';
import { optionFor } from './render-form.js';
import { workspaceId } from './workspace-id.js';

/** What the three kinds of request have in common, whatever else they hold. */
interface RequestBody {
  readonly team?: { readonly id?: string } | null;
  readonly enterprise?: { readonly id?: string } | null;
  readonly is_enterprise_install?: boolean | string;
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly trigger_id?: string;
  readonly response_url?: string;
  readonly channel?: { readonly id?: string; readonly name?: string };
  readonly container?: { readonly thread_ts?: string };
  readonly view?: {
    readonly type?: string;
    readonly callback_id?: string;
    readonly private_metadata?: string;
    readonly state?: { readonly values?: unknown };
  };
}

/** Typed commands, pressed buttons, submitted forms and completion. Each is acknowledged first, then worked on. */
export function listenToRequests(app: App, context: SlackContext): void {
  app.command(/.*/, async ({ ack, body }) => {
    const acknowledged = ack();
    context.later(
      (async () => {
        await acknowledged;
        const isEnterpriseInstall = String(body.is_enterprise_install) === 'true';
        const origin = { teamId: body.team_id, enterpriseId: body.enterprise_id, isEnterpriseInstall };
        const asker = await askerFrom(context, workspaceId(origin), {
          userId: body.user_id,
          isForeign: false,
          channelId: body.channel_id,
          channelName: body.channel_name,
          threadTs: null,
          triggerId: body.trigger_id,
          responder: createResponder(body.response_url, context),
        });
        if (!asker) return;
        const line = `${body.command} ${decodeTyped(body.text ?? '')}`;
        await act(context, asker, (caller, canShowForm) =>
          planTyped(context, asker, line, caller, canShowForm),
        );
      })(),
    );
    await acknowledged;
  });

  app.action(/.*/, async ({ ack, body, action }) => {
    const acknowledged = ack();
    const pressed = body as unknown as RequestBody;
    context.later(
      (async () => {
        await acknowledged;
        if (action.type !== 'button' || !('action_id' in action)) return;
        const asker = await interactiveAsker(context, pressed, {
          channelId: pressed.channel?.id ?? null,
          channelName: pressed.channel?.name ?? null,
          threadTs: pressed.container?.thread_ts ?? null,
          responder: createResponder(pressed.response_url, context),
        });
        if (!asker) return;
        await act(context, asker, (caller, canShowForm) =>
          planPressed(context, asker, action.action_id, caller, canShowForm),
        );
        if (pressed.view?.type === 'home') await publishHome(context, asker);
      })(),
    );
    await acknowledged;
  });

  app.view(/.*/, async ({ ack, body }) => {
    const acknowledged = ack();
    const submitted = body as unknown as RequestBody;
    context.later(
      (async () => {
        await acknowledged;
        if (body.type !== 'view_submission') return;
        const workspace = workspaceOf(submitted);
        const sealed = submitted.view?.private_metadata ?? '';
        const place = workspace ? openPlace(context.vault, workspace, submitted.user.id, sealed) : null;
        const asker = await interactiveAsker(context, submitted, {
          channelId: place?.channelId ?? null,
          channelName: place?.channelName ?? null,
          threadTs: place?.threadTs ?? null,
          responder: place ? createResponder(place.responseUrl, context) : null,
        });
        if (!asker) return;
        const form = {
          id: place ? place.formId : '',
          command: submitted.view?.callback_id ?? '',
          values: readForm((submitted.view?.state?.values ?? {}) as FormState),
        };
        await act(context, { ...asker, triggerId: null }, (caller) =>
          planSubmitted(context, asker, form, caller),
        );
      })(),
    );
    await acknowledged;
  });

  app.options(/.*/, async ({ ack, body }) => {
    const asked = body as unknown as RequestBody & { readonly action_id: string; readonly value?: string };
    await ack({ options: await choicesFor(context, asked) });
  });
}

const completeMs = 2_500;

/** Choices for what was typed so far; none rather than late. */
async function choicesFor(
  context: SlackContext,
  asked: RequestBody & { readonly action_id: string; readonly value?: string },
) {
  const late = new Promise<[]>((resolve) => setTimeout(() => resolve([]), completeMs).unref());
  return Promise.race([late, findChoices(context, asked).catch(() => [])]);
}

async function findChoices(
  context: SlackContext,
  asked: RequestBody & { readonly action_id: string; readonly value?: string },
) {
  const asker = await interactiveAsker(context, asked, {
    channelId: null,
    channelName: null,
    threadTs: null,
    responder: null,
  });
  if (!asker) return [];
  const sealed = asked.view?.private_metadata ?? '';
  const place = openPlace(context.vault, asker.workspace, asker.userId, sealed);
  if (!place) return [];
  const caller = await callerOf(context, {
    ...asker,
    channelId: place.channelId,
    channelName: place.channelName,
  });
  const command = asked.view?.callback_id ?? '';
  const choices = await context.dispatch.complete(command, asked.action_id, asked.value ?? '', caller);
  return choices
    .filter(({ value }) => value.length <= limits.optionValue)
    .slice(0, limits.selectOptions)
    .map(({ label, value }) => optionFor(label, value));
}

function workspaceOf(body: RequestBody): string | null {
  return workspaceId({
    teamId: body.team?.id ?? body.user.team_id,
    enterpriseId: body.enterprise?.id,
    isEnterpriseInstall: String(body.is_enterprise_install) === 'true',
  });
}

function interactiveAsker(
  context: SlackContext,
  body: RequestBody,
  place: Pick<Asker, 'channelId' | 'channelName' | 'threadTs' | 'responder'>,
): Promise<Asker | null> {
  const ownTeam = body.user.team_id;
  const isEnterprise = Boolean(body.enterprise?.id);
  return askerFrom(context, workspaceOf(body), {
    ...place,
    userId: body.user.id,
    // Inside an enterprise people of one organisation come from several teams; Slack tells strangers apart itself.
    isForeign: !isEnterprise && Boolean(ownTeam && body.team?.id && ownTeam !== body.team.id),
    triggerId: body.trigger_id ?? null,
  });
}

async function askerFrom(
  context: SlackContext,
  workspace: string | null,
  rest: Omit<Asker, 'workspace' | 'client'>,
): Promise<Asker | null> {
  const client = workspace && (await context.clientOf(workspace));
  return workspace && client ? { ...rest, workspace, client } : null;
}
