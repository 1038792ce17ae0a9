/** One environment variable, as the README lists it; Markdown. */
export interface Setting {
  readonly name: string;
  /** Left out where nothing is assumed. */
  readonly fallback?: string;
  readonly purpose: string;
}

/** Every environment variable that is read. A test looks whether one is missing. */
export const settings: readonly Setting[] = [
  { name: 'DATABASE_URL', fallback: '`sqlite:data/tallyman.db`', purpose: 'where everything is kept' },
  {
    name: 'TALLYMAN_KEY_FILE',
    fallback: '`~/.config/tallyman/key.json`',
    purpose:
      'the key that seals report URLs; made on the first start, mode 0600, never inside the data folder. Without it the URLs cannot be read: keep a copy apart from the backups',
  },
  {
    name: 'ALLOW_PRIVATE_HOSTS',
    purpose:
      '`host:port` or CIDR that may be fetched though private, and over http; everything else private is refused',
  },
  {
    name: 'LOG_LEVEL',
    fallback: '`info`; `warn` in the terminal',
    purpose: '`debug`, `info`, `warn`, `error`, `silent`; JSON lines on standard error, without secrets',
  },
  {
    name: 'PORT',
    fallback: '3000 when a chat product calls over HTTP, else –',
    purpose: 'where health, metrics and signed requests are served',
  },
  { name: 'PUBLIC_URL', purpose: 'the https address under which Slack and Discord reach that port' },
  { name: 'SLACK_BOT_TOKEN', purpose: '`xoxb-…`: posts and answers in one workspace' },
  { name: 'SLACK_APP_TOKEN', purpose: '`xapp-…`: opens Socket Mode, which needs no public address' },
  {
    name: 'SLACK_SIGNING_SECRET',
    purpose: 'proves that a request is of Slack, where Slack calls over HTTP instead',
  },
  {
    name: 'SLACK_CLIENT_ID',
    purpose: 'with `SLACK_CLIENT_SECRET` in place of the bot token: many workspaces install it by OAuth',
  },
  { name: 'SLACK_CLIENT_SECRET', purpose: 'see `SLACK_CLIENT_ID`' },
  { name: 'DISCORD_TOKEN', purpose: 'opens the gateway, registers the commands, posts' },
  {
    name: 'DISCORD_SHARDS',
    fallback: '1',
    purpose: 'connections to the gateway, a whole number; one does for 2,500 servers at the most',
  },
  {
    name: 'DISCORD_PUBLIC_KEY',
    purpose: 'proves that a request is of Discord, where Discord calls over HTTP instead of the gateway',
  },
  { name: 'DISCORD_APPLICATION_ID', purpose: 'needed with `DISCORD_PUBLIC_KEY`' },
  { name: 'SLACK_API_URL', purpose: 'another address than Slack’s own, for tests' },
  { name: 'DISCORD_API_URL', purpose: 'another address than Discord’s own, for tests' },
];
