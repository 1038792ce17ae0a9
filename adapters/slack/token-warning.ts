import { dayIn } from '../../src/dates.js';
import { seenToken } from '../../src/links/seen-token.js';
import { drawnProblem } from '../../src/problems/problem-card.js';
import { tokenSeen } from '../../src/problems/slack.js';
import { showCard } from './answer.js';
import type { SlackContext } from './context.js';
import { decodeTyped } from './decode-typed.js';

/** What a message event may hold; its many kinds differ. */
interface Written {
  readonly subtype?: string | undefined;
  readonly channel?: string;
  readonly channel_type?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly thread_ts?: string;
  readonly message?: {
    readonly user?: string;
    readonly text?: string;
    readonly bot_id?: string;
    readonly thread_ts?: string;
  };
}

const writtenByPeople = new Set([
  undefined,
  'file_share',
  'thread_broadcast',
  'me_message',
  'message_changed',
]);

/** Tells whoever posted a report URL with its token, and nobody else, how to make the token worthless. */
export async function warnOfToken(context: SlackContext, workspace: string, event: object): Promise<void> {
  const written = event as Written;
  // A message to the bot alone is read by nobody else.
  if (!writtenByPeople.has(written.subtype) || written.channel_type === 'im') return;
  const { user: userId, text, bot_id: botId, thread_ts: threadTs } = written.message ?? written;
  if (!userId || !text || botId || !written.channel) return;
  const seen = seenToken(decodeTyped(text), context.platforms, dayIn('UTC', context.clock.now()));
  if (!seen) return;
  const client = await context.clientOf(workspace);
  if (!client) return;
  const { platform, tail } = seen;
  const card = drawnProblem(tokenSeen(platform.label, tail, platform.renewalSteps));
  await showCard(
    context,
    {
      workspace,
      client,
      userId,
      isForeign: false,
      channelId: written.channel,
      channelName: null,
      threadTs: threadTs ?? null,
      triggerId: null,
      responder: null,
    },
    { ...card, tone: 'warning' },
  );
}
