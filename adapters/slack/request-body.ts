import type { Asker } from './asker.js';
import type { SlackContext } from './context.js';
import { workspaceId } from './workspace-id.js';

/** What the three kinds of request have in common, whatever else they hold. */
export interface RequestBody {
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

/** `null` when Slack names no team. */
export function workspaceOf(body: RequestBody): string | null {
  return workspaceId({
    teamId: body.team?.id ?? body.user.team_id,
    enterpriseId: body.enterprise?.id,
    isEnterpriseInstall: String(body.is_enterprise_install) === 'true',
  });
}

/** Who pressed or handed in, acting in the workspace that Slack names; `null` where the bot is not installed. */
export function interactiveAsker(
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

/** `null` where the bot is not installed. */
export async function askerFrom(
  context: SlackContext,
  workspace: string | null,
  rest: Omit<Asker, 'workspace' | 'client'>,
): Promise<Asker | null> {
  const client = workspace && (await context.clientOf(workspace));
  return workspace && client ? { ...rest, workspace, client } : null;
}
