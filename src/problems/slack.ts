import type { Problem } from './problem.js';

/** Slack was asked who the caller is, or where, and gave no answer. */
export function slackSilent(): Problem {
  return {
    code: 'slack.no-answer',
    what: 'Slack did not tell who is asking.',
    why: 'Without that nobody is shown anything. Nothing was changed.',
    fix: ['Try again in a minute.'],
  };
}

/** The three seconds in which Slack lets a form open were over. */
export function formTooLate(example: string): Problem {
  return {
    code: 'slack.form-too-late',
    what: 'The form could not be opened in time.',
    why: 'Slack gives three seconds for it, and they were over.',
    fix: ['Type the command once more.', `Write it on one line instead: ${example}`],
  };
}

/** A `#channel` or `@person` that is not to be found in the workspace. */
export function nameNotFound(name: string): Problem {
  const isChannel = name.startsWith('#');
  return {
    code: isChannel ? 'slack.channel-not-found' : 'slack.person-not-found',
    what: `${name} is not to be found in this workspace.`,
    why: isChannel
      ? 'A private channel is seen only once Tallyman is a member of it.'
      : 'Nobody here has this display name or user name.',
    fix: isChannel
      ? [`Type /invite @Tallyman in ${name}.`, 'Run the command again.']
      : ['Check the name in the person’s profile.', 'Run the command again.'],
  };
}

/** A channel that people of other companies read. */
export function channelShared(name: string): Problem {
  return {
    code: 'slack.channel-shared',
    what: `${name} is shared with another company.`,
    why: 'Everybody in it, theirs too, would read your figures and alerts.',
    fix: [
      'Choose a channel of your own workspace.',
      'Ask an admin to press "Post there all the same" if it is meant so.',
    ],
  };
}

export function onlyAdminsConfirm(): Problem {
  return {
    code: 'slack.confirm-admins-only',
    what: 'Only an admin may let Tallyman post in a shared channel.',
    why: 'People of another company would read the figures.',
    fix: ['Ask an admin of this workspace to press the button.'],
  };
}

/** A report URL with its token, written where others read it. */
export function tokenSeen(platform: string, tail: string | null, renewalSteps: readonly string[]): Problem {
  return {
    code: 'slack.token-seen',
    what: `Others can read the ${platform} token${tail ? ` …${tail}` : ''} that you have just posted.`,
    why: 'Whoever has it can read the reports of this account until it is replaced.',
    fix: [
      'Delete your message.',
      ...renewalSteps,
      'Give Tallyman the new URL with /offer add or /offer renew: the form shows it to nobody.',
    ],
  };
}

export function notInstalled(installUrl: string | null): Problem {
  return {
    code: 'slack.not-installed',
    what: 'Tallyman is not installed in this workspace, or no longer.',
    why: 'It has no permission to answer here.',
    fix: [installUrl ? `Open ${installUrl} to install it.` : 'Ask whoever runs Tallyman to install it here.'],
  };
}

/** The page at the end of an installation that went wrong. `reason` is Slack's own word. */
export function installFailed(reason: string): Problem {
  return {
    code: 'slack.install-failed',
    what: `Tallyman was not installed (${reason}).`,
    why: 'A link for installing works once, for ten minutes, in the browser that opened it.',
    fix: ['Open the install page again.', 'Press "Allow" within ten minutes.'],
  };
}
