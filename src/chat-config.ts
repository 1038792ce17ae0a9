import { z } from 'zod';
import type { DiscordConfig, SlackConfig } from './config.js';
import * as problems from './problems/config.js';
import type { Problem } from './problems/problem.js';

type Read = (name: string) => string | null;

/** Of one process; each is a connection that is kept. Far more servers are better served over HTTP. */
const mostShards = 64;

const webAddress = z.url({ protocol: /^https?$/ });

/** The chat surfaces that the environment sets up, and what is half set. */
export function readChatConfig(read: Read): {
  readonly slack: SlackConfig | null;
  readonly discord: DiscordConfig | null;
  readonly problems: readonly Problem[];
} {
  return {
    slack: readSlack(read),
    discord: readDiscord(read),
    problems: [
      ...slackProblems(read),
      ...discordProblems(read),
      ...addressProblems(read, 'SLACK_API_URL'),
      ...addressProblems(read, 'DISCORD_API_URL'),
    ],
  };
}

/** Socket Mode where there is a token for it, since it needs no public address. */
function readSlack(read: Read): SlackConfig | null {
  const botToken = read('SLACK_BOT_TOKEN');
  const appToken = read('SLACK_APP_TOKEN');
  const signingSecret = read('SLACK_SIGNING_SECRET');
  const clientId = read('SLACK_CLIENT_ID');
  const clientSecret = read('SLACK_CLIENT_SECRET');
  const oauth = clientId && clientSecret ? { clientId, clientSecret } : null;
  const mode = appToken ? 'socket' : 'http';
  const isWhole = mode === 'socket' ? botToken : signingSecret && (botToken || oauth);
  if (!isWhole) return null;
  return { mode, botToken, appToken, signingSecret, oauth, apiUrl: read('SLACK_API_URL') };
}

function slackProblems(read: Read): Problem[] {
  const has = (name: string) => read(name) !== null;
  const found: Problem[] = [];
  if (read('SLACK_BOT_TOKEN')?.startsWith('xapp-'))
    found.push(problems.swappedSlackToken('SLACK_BOT_TOKEN', 'xoxb-'));
  if (read('SLACK_APP_TOKEN')?.startsWith('xox'))
    found.push(problems.swappedSlackToken('SLACK_APP_TOKEN', 'xapp-'));
  if (has('SLACK_CLIENT_ID') !== has('SLACK_CLIENT_SECRET')) found.push(problems.slackOAuthHalfSet(has));
  if (has('SLACK_APP_TOKEN')) {
    if (!has('SLACK_BOT_TOKEN')) found.push(problems.slackBotTokenMissing());
  } else if (has('SLACK_SIGNING_SECRET')) {
    const hasTokens = has('SLACK_BOT_TOKEN') || has('SLACK_CLIENT_ID') || has('SLACK_CLIENT_SECRET');
    if (!hasTokens) found.push(problems.slackSecretAlone());
  } else if (has('SLACK_BOT_TOKEN')) {
    found.push(problems.slackBotTokenAlone());
  } else if (has('SLACK_CLIENT_ID') && has('SLACK_CLIENT_SECRET')) {
    found.push(problems.slackSigningSecretMissing());
  }
  return found;
}

/** HTTP where there is a key for it; the token is still used to post, and alone it opens the gateway. */
function readDiscord(read: Read): DiscordConfig | null {
  const token = read('DISCORD_TOKEN');
  const publicKey = read('DISCORD_PUBLIC_KEY');
  const applicationId = read('DISCORD_APPLICATION_ID');
  const mode = publicKey ? 'http' : 'gateway';
  const isWhole = mode === 'http' ? applicationId : token;
  if (!isWhole) return null;
  const shards = readShards(read) ?? 1;
  return { mode, token, publicKey, applicationId, shards, apiUrl: read('DISCORD_API_URL') };
}

/** `null` where it is no number that can be used. Never found out by asking Discord: two processes might then disagree. */
function readShards(read: Read): number | null {
  const text = read('DISCORD_SHARDS') ?? '1';
  const shards = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return shards >= 1 && shards <= mostShards ? shards : null;
}

function discordProblems(read: Read): Problem[] {
  const publicKey = read('DISCORD_PUBLIC_KEY');
  const applicationId = read('DISCORD_APPLICATION_ID');
  const found: Problem[] = [];
  if (publicKey !== null && !/^[0-9a-f]{64}$/i.test(publicKey)) {
    found.push(
      problems.badValue('DISCORD_PUBLIC_KEY', 'the 64 letters and digits of "Public Key" on the app page'),
    );
  }
  if (applicationId !== null && !/^\d{15,21}$/.test(applicationId)) {
    found.push(problems.badValue('DISCORD_APPLICATION_ID', 'the number of "Application ID" on the app page'));
  }
  if (readShards(read) === null) found.push(problems.discordShards(mostShards));
  if (publicKey !== null && applicationId === null) found.push(problems.discordApplicationIdMissing());
  if (applicationId !== null && publicKey === null && read('DISCORD_TOKEN') === null)
    found.push(problems.discordApplicationIdAlone());
  return found;
}

function addressProblems(read: Read, name: string): Problem[] {
  const text = read(name);
  if (text === null || webAddress.safeParse(text).success) return [];
  return [problems.badValue(name, 'an address such as https://chat.example/api/')];
}
