import type { Problem } from './problem.js';

export function guestRefused(): Problem {
  return {
    code: 'access.guest',
    what: 'Guests cannot use Tallyman here.',
    why: 'It shows figures and keeps credentials of the whole team.',
    fix: ['Ask a full member of this workspace to run the command for you.'],
  };
}

export function adminsOnly(command: string, admins: readonly string[]): Problem {
  return {
    code: 'access.admins-only',
    what: `Only admins may use /${command}.`,
    why: 'It changes settings for everyone.',
    fix: [askOneOf(admins)],
  };
}

export function ownerOnly(offer: string, owner: string, admins: readonly string[]): Problem {
  return {
    code: 'access.owner-only',
    what: `Only ${owner}, who owns ${offer}, and admins may do that.`,
    why: 'The owner holds the login at the programme.',
    fix: [askOneOf([...new Set([owner, ...admins])])],
  };
}

export function figuresElsewhere(offer: string, channel: string, owner: string): Problem {
  return {
    code: 'access.figures-elsewhere',
    what: `The figures of ${offer} are shown in ${channel} only.`,
    why: 'Figures stay with the channel of their offer, its owner and admins.',
    fix: [`Type the command in ${channel}.`, `Ask ${owner} if you should see them elsewhere.`],
  };
}

export function addingRestricted(admins: readonly string[]): Problem {
  return {
    code: 'access.adding-restricted',
    what: 'Only admins may add offers in this workspace.',
    why: 'An admin has set it so.',
    fix: [askOneOf(admins)],
  };
}

function askOneOf(admins: readonly string[]): string {
  return admins.length > 0 ? `Ask ${admins.slice(0, 3).join(' or ')}.` : 'Ask an admin of this workspace.';
}
