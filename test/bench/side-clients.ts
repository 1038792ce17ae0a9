import bolt from '@slack/bolt';
import { Client, Events } from 'discord.js';

// Bolt in Socket Mode and discord.js, connected, with nothing of ours around them.
const environment = process.env;
const app = new bolt.App({
  token: environment.SLACK_BOT_TOKEN ?? '',
  appToken: environment.SLACK_APP_TOKEN ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: environment.SLACK_API_URL ?? '' },
});
await app.start();
const client = new Client({ intents: [], rest: { api: environment.DISCORD_API_URL ?? '' } });
const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
await client.login(environment.DISCORD_TOKEN ?? '');
await ready;
console.log('connected');
process.once('SIGTERM', () => process.exit(0));
