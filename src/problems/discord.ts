import type { Problem } from './problem.js';

/** Commands are typed in a server: a direct message belongs to no workspace. */
export function commandsNeedServer(): Problem {
  return {
    code: 'discord.server-needed',
    what: 'Commands work in your server, not in direct messages.',
    why: 'Offers and figures belong to one server, and a direct message does not say which.',
    fix: ['Type the command in a channel of your server; only you will see the answer.'],
  };
}

/** The app was added to a person's account, or the command came from a server that has not installed it. */
export function notInstalledHere(): Problem {
  return {
    code: 'discord.not-installed',
    what: 'Tallyman is not installed in this server.',
    why: 'It answers only in servers whose own admins have added it, so that figures of one team never show up at another.',
    fix: ['Ask an admin of this server to add Tallyman to it.', 'Type the command in your own server.'],
  };
}

/** Who pressed a button in a direct message is not, or no longer, a member of the server it is about. */
export function notMemberOfServer(): Problem {
  return {
    code: 'discord.not-a-member',
    what: 'You are not a member of the server that this message belongs to.',
    why: 'Only its members may act on its offers.',
    fix: ['Ask a member of that server to do it.'],
  };
}

export function membershipUnknown(): Problem {
  return {
    code: 'discord.membership-unknown',
    what: 'Discord did not tell in time whether you belong to the server of this message.',
    why: 'Without knowing that, nothing was done.',
    fix: ['Press the button once more in a minute.', 'Type the command in your server instead.'],
  };
}

/** A button or a form that this version does not know. */
export function unknownControl(): Problem {
  return {
    code: 'discord.unknown-control',
    what: 'This button or form is not known here.',
    why: 'It was made by another version of Tallyman, or by something else.',
    fix: ['Type the command again to get a fresh one.'],
  };
}

/** A private answer came too late for Discord, and the person takes no direct messages. Shown in the channel. */
export function answerUndeliverable(person: string): Problem {
  return {
    code: 'discord.answer-too-late',
    what: `${person}, the answer to your command is ready, but Discord no longer lets me show it to you alone.`,
    why: 'It took longer than the 15 minutes that Discord gives, and direct messages from this server are off.',
    fix: [
      'Type the command again.',
      'Allow direct messages: open the server menu, choose Privacy Settings, switch on Direct Messages.',
    ],
  };
}

/** Signed requests can be answered without a bot token; nothing else can be done. */
export function discordTokenMissing(): Problem {
  return {
    code: 'discord.token-missing',
    what: 'DISCORD_TOKEN is not set: Tallyman can answer in Discord, but not post there.',
    why: 'Without it there are no digests, no alerts and no direct messages, and new commands are not made known to Discord.',
    fix: [
      'Open discord.com/developers/applications, choose your application, then Bot.',
      'Press Reset Token and copy the new one.',
      'Put it into DISCORD_TOKEN and start Tallyman again.',
    ],
  };
}

export function discordTokenRefused(): Problem {
  return {
    code: 'discord.token-refused',
    what: 'Discord does not accept the bot token.',
    why: 'Without it, Tallyman can neither hear commands nor post in Discord.',
    fix: [
      'Open discord.com/developers/applications, choose your application, then Bot.',
      'Press Reset Token and copy the new one.',
      'Put it into DISCORD_TOKEN and start Tallyman again.',
    ],
  };
}

/** The gateway closed the connection for good. */
export function discordGatewayRefused(code: number): Problem {
  return {
    code: 'discord.gateway-refused',
    what: `Discord closed the connection for good (code ${code}).`,
    why: 'Commands typed in Discord do not reach Tallyman any more.',
    fix: [
      'Look up the code in the log; 4004 is a refused token, 4010 and 4011 are wrong numbers of shards.',
      'Mend DISCORD_TOKEN, or the number of shards, and start Tallyman again.',
    ],
  };
}

/** `serve` runs more than once with the gateway. */
export function gatewayTaken(): Problem {
  return {
    code: 'discord.gateway-taken',
    what: 'Another Tallyman on this database is connected to the Discord gateway.',
    why: 'Discord would tell both of them every command, and both would answer.',
    fix: [
      'Stop the other one, if one is enough.',
      'Set DISCORD_PUBLIC_KEY and DISCORD_APPLICATION_ID for signed requests, which any number can share.',
    ],
  };
}
