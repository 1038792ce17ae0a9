import type { Problem } from './problem.js';

/** Problems of the environment variables. None repeats a value that may be secret. */

/** An entry of ALLOW_PRIVATE_HOSTS that cannot be read. */
export function allowListEntry(entry: string): Problem {
  return {
    code: 'config.allow-private-hosts',
    what: `ALLOW_PRIVATE_HOSTS has an entry that I cannot read: "${entry}".`,
    why: 'Each entry opens one private place, so it must be exact.',
    fix: [
      'Write a host with its port, such as localhost:4010, or a range of addresses, such as 10.1.0.0/16 or 10.1.0.0/16:8443.',
      'Separate entries with commas.',
    ],
  };
}

/** `expected` completes "It must be …". */
export function badValue(name: string, expected: string): Problem {
  return {
    code: 'config.bad-value',
    what: `${name} has a value that I cannot use.`,
    why: `It must be ${expected}.`,
    fix: [`Correct ${name}, or remove it to use the default.`],
  };
}

export function badDatabaseUrl(): Problem {
  return {
    code: 'config.database-url',
    what: 'DATABASE_URL names no database that I know.',
    why: 'I keep everything in a SQLite file or in Postgres.',
    fix: ['Set DATABASE_URL to sqlite:data/tallyman.db, or to postgres://user:password@host/database.'],
  };
}

export function noKeyFilePlace(): Problem {
  return {
    code: 'config.key-file',
    what: 'I do not know where to keep the key file.',
    why: 'It seals the report links, and this user has no home folder to put it in.',
    fix: ['Set TALLYMAN_KEY_FILE to a path outside the data folder, such as /etc/tallyman/key.json.'],
  };
}

export function publicUrlMissing(): Problem {
  return {
    code: 'config.public-url-missing',
    what: 'SLACK_CLIENT_ID is set, but PUBLIC_URL is not.',
    why: 'Slack sends people back to that address after they install the app.',
    fix: ['Set PUBLIC_URL to the https address under which Slack reaches this program.'],
  };
}

/** A token of the other kind. `prefix` is how the right one begins. */
export function swappedSlackToken(name: string, prefix: string): Problem {
  return {
    code: 'config.slack-token-swapped',
    what: `${name} holds the other kind of Slack token.`,
    why: `The right one begins with ${prefix}.`,
    fix: ['Open your app at api.slack.com/apps.', `Copy the token that begins with ${prefix} into ${name}.`],
  };
}

export function slackBotTokenMissing(): Problem {
  return {
    code: 'config.slack-half-set',
    what: 'SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not.',
    why: 'Socket Mode needs both.',
    fix: [
      'Open your app at api.slack.com/apps, then "OAuth & Permissions".',
      'Copy "Bot User OAuth Token" into SLACK_BOT_TOKEN.',
    ],
  };
}

export function slackBotTokenAlone(): Problem {
  return {
    code: 'config.slack-half-set',
    what: 'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is.',
    why: 'I can post with it, but Slack has no way to bring me commands.',
    fix: [
      'Open your app at api.slack.com/apps, then "Basic Information".',
      'Make a token with the scope connections:write under "App-Level Tokens", and copy it into SLACK_APP_TOKEN.',
      'Set SLACK_SIGNING_SECRET instead if Slack is to reach you over HTTP.',
    ],
  };
}

export function slackSecretAlone(): Problem {
  return {
    code: 'config.slack-half-set',
    what: 'SLACK_SIGNING_SECRET is set, but no token is.',
    why: 'I can check what Slack sends, but cannot answer.',
    fix: [
      'Set SLACK_BOT_TOKEN for one workspace.',
      'Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET instead for many workspaces.',
    ],
  };
}

export function slackSigningSecretMissing(): Problem {
  return {
    code: 'config.slack-half-set',
    what: 'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are set, but SLACK_SIGNING_SECRET is not.',
    why: 'Without it I cannot tell whether a request really comes from Slack.',
    fix: [
      'Open your app at api.slack.com/apps, then "Basic Information".',
      'Copy "Signing Secret" into SLACK_SIGNING_SECRET.',
    ],
  };
}

/** One of the two OAuth variables; `has` tells which. */
export function slackOAuthHalfSet(has: (name: string) => boolean): Problem {
  const [set, missing] = has('SLACK_CLIENT_ID')
    ? ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET']
    : ['SLACK_CLIENT_SECRET', 'SLACK_CLIENT_ID'];
  return {
    code: 'config.slack-half-set',
    what: `${set} is set, but ${missing} is not.`,
    why: 'Installing the app in many workspaces needs both.',
    fix: [
      'Open your app at api.slack.com/apps, then "Basic Information".',
      `Copy the other value from "App Credentials" into ${missing}, or remove ${set}.`,
    ],
  };
}

export function discordApplicationIdMissing(): Problem {
  return {
    code: 'config.discord-half-set',
    what: 'DISCORD_PUBLIC_KEY is set, but DISCORD_APPLICATION_ID is not.',
    why: 'Discord over HTTP needs both.',
    fix: [
      'Open your app at discord.com/developers/applications, then "General Information".',
      'Copy "Application ID" into DISCORD_APPLICATION_ID.',
    ],
  };
}

export function discordApplicationIdAlone(): Problem {
  return {
    code: 'config.discord-half-set',
    what: 'DISCORD_APPLICATION_ID is set, but neither DISCORD_PUBLIC_KEY nor DISCORD_TOKEN is.',
    why: 'The number alone opens no connection.',
    fix: [
      'Set DISCORD_TOKEN to the token under "Bot" to use the gateway.',
      'Set DISCORD_PUBLIC_KEY to "Public Key" under "General Information" instead to be called over HTTP.',
    ],
  };
}

export function discordShards(most: number): Problem {
  return {
    code: 'config.discord-shards',
    what: 'DISCORD_SHARDS is not a number of connections that I can open.',
    why: `It must be a whole number from 1 to ${most}. Discord wants one for every 2,500 servers at the least.`,
    fix: [
      'Remove DISCORD_SHARDS below 2,500 servers: one connection will do.',
      'Write a number for more, such as 2 (not "auto"), or let Discord call over HTTP.',
    ],
  };
}
