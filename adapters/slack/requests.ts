import type { App } from '@slack/bolt';
import { act } from './act.js';
import { callerOf, createResponder } from './asker.js';
import type { SlackContext } from './context.js';
import { decodeTyped } from './decode-typed.js';
import { openPlace } from './form-place.js';
import { publishHome } from './home.js';
import { limits } from './limits.js';
import { planPressed, planTyped } from './plans.js';
import { optionFor } from './render-form.js';
import { askerFrom, interactiveAsker, type RequestBody } from './request-body.js';
import { workspaceId } from './workspace-id.js';

/** Typed commands, pressed buttons and completion. Each is acknowledged first, then worked on in its turn. */
export function listenToRequests(app: App, context: SlackContext): void {
  app.command(/.*/, async ({ ack, body }) => {
    const acknowledged = ack();
    context.inTurn(async () => {
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
    });
    await acknowledged;
  });

  app.action(/.*/, async ({ ack, body, action }) => {
    const acknowledged = ack();
    const pressed = body as unknown as RequestBody;
    context.inTurn(async () => {
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
    });
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
