import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSlackServer } from '../slack/server/slack-server.js';
import { answerQuestions } from './child.js';

// Slack and Discord as the bot's far side, in a process of their own. Discord only takes what it is sent.
const slack = await openSlackServer();
const team = slack.addTeam({ id: 'T0BENCH' });
slack.addUser({ id: 'U0ANN', teamId: team.id, name: 'Ann', flags: { is_admin: true } });
slack.addChannel({ id: 'C0CASINO', teamId: team.id, name: 'casino' });
const discord = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end(request.method === 'PUT' ? '[]' : '{"id":"1","channel_id":"2"}');
  });
});
await new Promise<void>((resolve) => discord.listen(0, '127.0.0.1', resolve));

/** Slack gives each command an address of its own for its answers; one works five times. */
const addresses = 10_000;

/** What the bot and who speaks to it need to know. */
export interface ChatPlaces {
  readonly slackApi: string;
  readonly slackToken: string;
  readonly discordApi: string;
  readonly responseUrls: readonly string[];
}

answerQuestions<unknown, ChatPlaces>(async () => ({
  slackApi: slack.apiUrl,
  slackToken: team.token,
  discordApi: `http://127.0.0.1:${(discord.address() as AddressInfo).port}/api`,
  responseUrls: Array.from({ length: addresses }, () => slack.responseUrl('U0ANN', 'C0CASINO')),
}));
