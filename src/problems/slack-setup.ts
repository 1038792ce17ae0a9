import type { Problem } from './problem.js';

/** What `tallyman doctor` finds with the Slack app. */

const appPage = 'Open your app at api.slack.com/apps';

/** No answer of Slack's own: the network, a proxy, or Slack is down. Says nothing about the token. */
export function slackUnreachable(host: string, reason: string): Problem {
  return {
    code: 'slack.unreachable',
    what: `Slack could not be asked at ${host} (${reason}).`,
    why: 'Whether the tokens are right is not known. A running bot goes on trying by itself.',
    fix: [
      'Check that this machine may open https connections to slack.com.',
      'Look at slack-status.com.',
      'Run tallyman doctor again.',
    ],
  };
}

/** `reason` is Slack's word. */
export function slackBotTokenRefused(reason: string): Problem {
  return {
    code: 'slack.bot-token-refused',
    what: `Slack refuses SLACK_BOT_TOKEN (${reason}).`,
    why: 'Without it nothing can be posted or answered.',
    fix: [
      `${appPage}, then "OAuth & Permissions".`,
      'Press "Install to Workspace", or "Reinstall to Workspace" if it was there before.',
      'Copy "Bot User OAuth Token", which begins with xoxb-, into SLACK_BOT_TOKEN and start again.',
    ],
  };
}

export function slackNotBotToken(): Problem {
  return {
    code: 'slack.not-a-bot-token',
    what: 'SLACK_BOT_TOKEN is the token of a person, not of the bot.',
    why: 'Everything would be posted in that person’s name.',
    fix: [
      `${appPage}, then "OAuth & Permissions".`,
      'Copy "Bot User OAuth Token", which begins with xoxb-, into SLACK_BOT_TOKEN.',
    ],
  };
}

/** `missing` with what each is for. */
export function slackScopesMissing(missing: readonly (readonly [scope: string, reason: string])[]): Problem {
  const one = missing.length === 1;
  return {
    code: 'slack.scopes-missing',
    what: `The Slack app lacks ${one ? 'a scope' : `${missing.length} scopes`}: ${missing.map(([scope]) => scope).join(', ')}.`,
    why: missing.map(([scope, reason]) => `${scope}: to ${reason}.`).join(' '),
    fix: [
      `${appPage}, then "OAuth & Permissions", "Scopes", "Bot Token Scopes".`,
      `Press "Add an OAuth Scope" for ${missing.map(([scope]) => scope).join(', ')}; or paste manifest.yml under "App Manifest".`,
      'Press "Reinstall to Workspace": scopes count from then on.',
    ],
  };
}

export function signingSecretShape(): Problem {
  return {
    code: 'slack.signing-secret-shape',
    what: 'SLACK_SIGNING_SECRET does not look like one.',
    why: 'It has 32 letters and digits. With a wrong one every request of Slack is refused.',
    fix: [
      `${appPage}, then "Basic Information", "App Credentials".`,
      'Press "Show" beside "Signing Secret" and copy it into SLACK_SIGNING_SECRET.',
    ],
  };
}

/** `reason` is Slack's word: `invalid_client_id` or `bad_client_secret`. */
export function slackOAuthRefused(reason: string): Problem {
  const name = reason === 'bad_client_secret' ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID';
  return {
    code: 'slack.oauth-refused',
    what: `Slack does not accept ${name} (${reason}).`,
    why: 'No workspace can install the app.',
    fix: [
      `${appPage}, then "Basic Information", "App Credentials".`,
      'Copy "Client ID" into SLACK_CLIENT_ID and "Client Secret" into SLACK_CLIENT_SECRET.',
    ],
  };
}
