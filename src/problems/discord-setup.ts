import type { Problem } from './problem.js';

/** What `tallyman doctor` finds with the Discord application. */

const appPage = 'Open discord.com/developers/applications, choose your application';

/** No answer of Discord's own: the network, a proxy, or Discord is down. Says nothing about the token. */
export function discordUnreachable(host: string, reason: string): Problem {
  return {
    code: 'discord.unreachable',
    what: `Discord could not be asked at ${host} (${reason}).`,
    why: 'Whether the token is right is not known. A running bot goes on trying by itself.',
    fix: [
      'Check that this machine may open https connections to discord.com.',
      'Look at discordstatus.com.',
      'Run tallyman doctor again.',
    ],
  };
}

export function discordTokenMissing(): Problem {
  return {
    code: 'discord.token-missing',
    what: 'Discord is set up for HTTP, but DISCORD_TOKEN is not set.',
    why: 'Commands are answered, but no digest and no alert can be posted, and the commands cannot be registered.',
    fix: [`${appPage}, then "Bot".`, 'Press "Reset Token" and copy the token into DISCORD_TOKEN.'],
  };
}

/** The variable names another application than the one whose token is set. */
export function discordOtherApplication(name: 'DISCORD_APPLICATION_ID' | 'DISCORD_PUBLIC_KEY'): Problem {
  const field = name === 'DISCORD_PUBLIC_KEY' ? 'Public Key' : 'Application ID';
  return {
    code: 'discord.other-application',
    what: `${name} and DISCORD_TOKEN belong to different applications.`,
    why: 'What Discord sends would be refused as coming from somebody else.',
    fix: [
      `${appPage}, then "General Information".`,
      `Copy "${field}" into ${name}.`,
      'Make sure that the token is of the same application: it is under "Bot".',
    ],
  };
}

/** In HTTP mode. `wanted` is `null` where PUBLIC_URL is not set. */
export function discordEndpointMissing(wanted: string | null): Problem {
  return {
    code: 'discord.endpoint-missing',
    what: 'Discord is not told to send interactions here.',
    why: 'Until it is, commands and buttons get no answer.',
    fix: [
      ...(wanted ? [] : ['Set PUBLIC_URL to the https address under which Discord reaches this program.']),
      'Start Tallyman: Discord tries the address when it is saved.',
      `${appPage}, then "General Information".`,
      `Write ${wanted ?? 'PUBLIC_URL with /discord/interactions after it'} into "Interactions Endpoint URL" and press "Save Changes".`,
    ],
  };
}

/** In gateway mode: Discord sends interactions either to an address or through the gateway, never both. */
export function discordEndpointSet(): Problem {
  return {
    code: 'discord.endpoint-set',
    what: 'Discord sends interactions to an address and not through the gateway.',
    why: 'While "Interactions Endpoint URL" is filled in, commands and buttons never reach this program.',
    fix: [
      `${appPage}, then "General Information".`,
      'Empty "Interactions Endpoint URL" and press "Save Changes".',
      'Set DISCORD_PUBLIC_KEY and DISCORD_APPLICATION_ID instead if Discord is to call over HTTP.',
    ],
  };
}
