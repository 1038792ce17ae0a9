import { nearest } from '../nearest.js';
import type { Problem } from './problem.js';
import { typedValue } from './shown-value.js';

/** `names`: the offers that the asking person may see. What looks like a link is not repeated: it may hold a token. */
export function offerNotFound(asked: string, names: readonly string[]): Problem {
  const near = nearest(asked, names);
  return {
    code: 'offer.not-found',
    what: `There is no offer ${typedValue(asked, 'of that name')} here.${near === null ? '' : ` Did you mean "${near}"?`}`,
    why:
      names.length > 0
        ? `The offers here are: ${names.slice(0, 12).join(', ')}.`
        : 'There is none that you could see here.',
    fix:
      names.length > 0
        ? ['Name it by its number or name, as /offer list shows them.']
        : ['Add one: /offer add <report URL>.'],
  };
}

export function nameTaken(name: string, number: number): Problem {
  return {
    code: 'offer.name-taken',
    what: `Offer ${number} is already called ${name}.`,
    why: 'Two offers of one name could not be told apart.',
    fix: ['Choose another name: name:"…".'],
  };
}

export function nothingToEdit(): Problem {
  return {
    code: 'offer.nothing-to-edit',
    what: 'Nothing was given to change.',
    why: 'The command changes only what it is told to.',
    fix: ['Name what to change, for example: /offer edit 3 name:"Lucky Star" channel:#casino.'],
  };
}

export function otherPlatform(name: string, has: string, given: string): Problem {
  return {
    code: 'offer.other-platform',
    what: `${name} is read from ${has}, but this URL is of ${given}.`,
    why: 'A renewal keeps the history, so the report must be the same one.',
    fix: [
      `Paste the ${has} URL of ${name}.`,
      'Add the other report as an offer of its own: /offer add <report URL>.',
    ],
  };
}

export function historyTooLong(days: number, most: number): Problem {
  return {
    code: 'offer.history-too-long',
    what: `The start lies ${days} days back; ${most} days is the most.`,
    why: 'Older history would take the programme very long to give.',
    fix: [`Choose a later day: from:YYYY-MM-DD, at most ${most} days back.`],
  };
}

export function windowInvalid(why: string): Problem {
  return {
    code: 'offer.window-invalid',
    what: `These days cannot be read: ${why}.`,
    why: 'A programme has figures from the first day up to today.',
    fix: ['Give a first and a last day, for example: from:2026-11-01 to:2026-11-19.'],
  };
}

export function importEmpty(): Problem {
  return {
    code: 'offer.import-empty',
    what: 'There is no report URL in what was pasted.',
    why: 'Each line holds one URL; a name, a channel and a currency may follow, separated by commas.',
    fix: [
      'Paste one URL a line, or a CSV file with the columns url, name, channel, currency.',
      'Paste a single URL with /offer add <report URL> to see what is wrong with it.',
    ],
  };
}

export function importTooMany(lines: number, most: number): Problem {
  return {
    code: 'offer.import-too-many',
    what: `${lines} lines are too many for one import; ${most} is the most.`,
    why: 'Each URL is read once before it is saved.',
    fix: [`Split the list into parts of at most ${most} lines.`],
  };
}

export function nothingToSync(): Problem {
  return {
    code: 'offer.nothing-to-sync',
    what: 'There is no active offer to read.',
    why: 'Paused offers are not read, and none other was found.',
    fix: ['Add an offer: /offer add <report URL>.', 'Resume a paused one: /offer resume <offer>.'],
  };
}

/** On a chat surface people are known by their ids, which only a mention carries. */
export function ownerNotMentioned(): Problem {
  return {
    code: 'offer.owner-not-mentioned',
    what: 'The new owner must be mentioned with @.',
    why: 'A name alone could be anybody; alerts would reach nobody.',
    fix: ['Type @ and choose the person from the list that opens: owner:@ann.'],
  };
}
