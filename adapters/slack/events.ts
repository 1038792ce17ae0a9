import type { App } from '@slack/bolt';
import { welcomeCard } from '../../src/access/welcome-card.js';
import { addMilliseconds } from '../../src/dates.js';
import { drawCard } from '../../src/delivery/draw-card.js';
import type { Target } from '../../src/delivery/outbox.js';
import { say } from '../../src/delivery/say.js';
import { describe } from './answer.js';
import type { SlackContext } from './context.js';
import { publishHome } from './home.js';
import { warnOfToken } from './token-warning.js';
import { workspaceId } from './workspace-id.js';

/** What an event's envelope says about where it comes from. */
interface EventBody {
  readonly event_id?: string;
  readonly team_id?: string;
  readonly enterprise_id?: string;
  readonly is_enterprise_install?: boolean;
  readonly authorizations?: readonly {
    readonly team_id: string | null;
    readonly enterprise_id: string | null;
    readonly is_enterprise_install?: boolean;
  }[];
}

/** Slack delivers an event again for up to an hour when it is not sure. */
const eventMs = 2 * 3_600_000;

/** What happens in a workspace without anybody asking: Home opened, bot added, messages, the end of an installation. */
export function listenToEvents(app: App, context: SlackContext): void {
  /** Works on an event once, however often it is delivered. */
  function once(body: EventBody, work: (workspace: string) => Promise<void>): void {
    context.inTurn(async () => {
      try {
        const workspace = eventWorkspace(body);
        if (workspace === null || !(await isNew(context, body))) return;
        await work(workspace);
      } catch (error) {
        context.log.warn({ error: describe(error) }, 'an event was not worked on');
      }
    });
  }

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    once(body, async (workspace) => {
      const client = await context.clientOf(workspace);
      if (client) await publishHome(context, { workspace, client, userId: event.user, isForeign: false });
    });
  });

  app.event('member_joined_channel', async ({ event, body, context: { botUserId } }) => {
    if (!botUserId || event.user !== botUserId) return;
    once(body, async (workspace) => {
      const client = await context.clientOf(workspace);
      const place = client && (await context.directory.place(workspace, client, event.channel));
      if (!place || place.isShared) return;
      await greet(
        context,
        workspace,
        { kind: 'channel', id: event.channel, name: place.name },
        event.inviter,
      );
    });
  });

  app.event('message', async ({ event, body }) => {
    once(body, (workspace) => warnOfToken(context, workspace, event));
  });

  app.event('app_uninstalled', async ({ body }) => {
    once(body, (workspace) => forget(context, workspace));
  });

  app.event('tokens_revoked', async ({ event, body }) => {
    if (!event.tokens.bot?.length) return;
    once(body, (workspace) => forget(context, workspace));
  });
}

/** Says hello with the first step, through the outbox: said twice, it is still one message. */
export async function greet(
  context: SlackContext,
  workspace: string,
  target: Target,
  firstPerson?: string,
): Promise<void> {
  const { stores, vault, clock } = context;
  const now = clock.now();
  if (!(await stores.workspaces.get(workspace))) {
    if (!firstPerson) return;
    const person = { id: firstPerson, name: firstPerson };
    await stores.workspaces.ensure(workspace, 'slack', workspace, person, now);
  }
  const card = await drawCard(welcomeCard(), { vault, actions: stores.actions, workspace, now });
  await say(stores, { workspace, target, subject: `welcome:${target.id}`, card, now });
}

async function forget(context: SlackContext, workspace: string): Promise<void> {
  await context.stores.installations.remove(workspace);
  context.credentials.forget(workspace);
  context.log.info({ workspace }, 'the bot was taken out of a workspace');
}

async function isNew(context: SlackContext, { event_id: id }: EventBody): Promise<boolean> {
  if (!id) return false;
  const until = addMilliseconds(context.clock.now(), eventMs);
  return context.stores.installations.markOnce(`slack:event:${id}`, until);
}

function eventWorkspace(body: EventBody): string | null {
  const [first] = body.authorizations ?? [];
  return workspaceId({
    teamId: first?.team_id ?? body.team_id,
    enterpriseId: first?.enterprise_id ?? body.enterprise_id,
    isEnterpriseInstall: first?.is_enterprise_install ?? body.is_enterprise_install,
  });
}
