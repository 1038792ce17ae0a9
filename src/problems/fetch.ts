import { type Problem, ProblemError } from './problem.js';

/** The answer to a fetch was not usable. Every function takes the host for the text: never a path, a query or a token. */

function later(problem: Problem): ProblemError {
  return new ProblemError(problem, 'later');
}

function never(problem: Problem): ProblemError {
  return new ProblemError(problem, 'never');
}

/** The text is not a web address at all. Does not repeat it: it may hold a token. */
export function notAnAddress(): ProblemError {
  return never({
    code: 'link.not-a-url',
    what: 'This is not a web address.',
    why: 'A report link begins with https:// and the name of the programme.',
    fix: ['Copy the whole report link from the affiliate dashboard.', 'Paste it again.'],
  });
}

export function notHttps(host: string): ProblemError {
  return never({
    code: 'link.not-https',
    what: `The link to ${host} does not begin with https://.`,
    why: 'Without https anybody on the way could read the token in it.',
    fix: [
      'Change the beginning of the link to https://.',
      'Ask your affiliate manager for an https link if that one does not open.',
    ],
  });
}

export function hasCredentials(host: string): ProblemError {
  return never({
    code: 'link.has-credentials',
    what: `The link to ${host} has a user name or password in front of the host.`,
    why: 'Report links need only their token, and a password in a link is easily seen by others.',
    fix: [
      'Copy the report link again from the affiliate dashboard.',
      'Change that password if it is a real one.',
    ],
  });
}

/** A local name, a private address, or a name that leads to one. */
export function privateAddress(host: string): ProblemError {
  return never({
    code: 'link.private-address',
    what: `${host} does not lead to a server on the public internet.`,
    why: 'I read reports from public servers only, so that nobody can use me to look into a private network.',
    fix: [
      'Check the host in the link: it is the address of the affiliate dashboard in your browser.',
      'Ask the person who runs me to add the host to ALLOW_PRIVATE_HOSTS if it is meant to be read.',
    ],
  });
}

export function otherPort(host: string): ProblemError {
  return never({
    code: 'link.private-address',
    what: `The link to ${host} names a port of its own.`,
    why: 'I read reports on the standard https port only, so that nobody can use me to look into other services.',
    fix: [
      'Remove the colon and the number after the host.',
      'Ask the person who runs me to add the host with its port to ALLOW_PRIVATE_HOSTS if it is meant to be read.',
    ],
  });
}

export function timedOut(host: string, seconds: number): ProblemError {
  return later({
    code: 'probe.timed-out',
    what: `${host} did not finish its answer within ${seconds} seconds.`,
    why: 'The figures of this read are not complete, so I kept none of them.',
    fix: [
      'Wait a little: I try again by myself.',
      'Open the report in your browser, and ask your affiliate manager if it is slow there too.',
    ],
  });
}

const unreachableReasons = {
  'unknown-name': 'There is no server of that name.',
  refused: 'The server refused the connection.',
  silent: 'The server did not answer the connection.',
  cut: 'The connection was cut before the answer was complete.',
  certificate: 'The certificate of the server is not valid, so it may not be the real one.',
} as const;

export type UnreachableReason = keyof typeof unreachableReasons;

export function unreachable(host: string, reason: UnreachableReason): ProblemError {
  return later({
    code: 'probe.unreachable',
    what: `${host} could not be reached.`,
    why: unreachableReasons[reason],
    fix: [
      'Open the dashboard of the programme in your browser to see whether it is up.',
      'Check the host in the link.',
      'Ask your affiliate manager if it stays down.',
    ],
  });
}

export function tooLarge(host: string, mebibytes: number): ProblemError {
  return never({
    code: 'probe.too-large',
    what: `The answer of ${host} is larger than ${mebibytes} MB.`,
    why: 'A report of a few days is far smaller, so this one is split too finely or is not a report.',
    fix: [
      'Open the report in the affiliate dashboard and take out groupings that you do not need.',
      'Copy its link again and paste it.',
    ],
  });
}

/** The bytes themselves are broken: bad compression, a wrong length, a garbled answer. */
export function unreadableAnswer(host: string): ProblemError {
  return later({
    code: 'probe.unreadable',
    what: `The answer of ${host} arrived damaged.`,
    why: 'Its compression or length is wrong, and I do not guess figures from half an answer.',
    fix: [
      'Wait a little: I try again by myself.',
      'Open the report link in your browser, and send what you see to your affiliate manager if it fails there too.',
    ],
  });
}

/** A redirect that is not followed: to another host, scheme or port, in a circle, or too often. */
export function redirected(host: string): ProblemError {
  return never({
    code: 'probe.redirected',
    what: `${host} sends this report link on to another address.`,
    why: 'I do not follow it there, since the token in the link is meant for this host alone.',
    fix: [
      'Open the affiliate dashboard and look at the host in the address bar.',
      'Copy the report link again from there and paste it.',
    ],
  });
}

/** Our own connection to the internet or our own machine. Never the fault of an offer. */
export function ownNetwork(): ProblemError {
  return later({
    code: 'own.network',
    what: 'I have no working connection to the internet right now.',
    why: 'This is a fault on my side; nothing is known to be wrong with the programme or your link.',
    fix: ['Wait a little: I try again by myself.', 'Tell the person who runs me if it lasts.'],
  });
}

/** A request that we built wrongly; the programme was not asked. */
export function ownFetchFault(): ProblemError {
  return later({
    code: 'own.fetch',
    what: 'I could not make this request.',
    why: 'This is a fault on my side; nothing is known to be wrong with the programme or your link.',
    fix: ['Tell the person who runs me, with the time of this message.'],
  });
}
