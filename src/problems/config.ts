import type { Problem } from './problem.js';

/** An entry of ALLOW_PRIVATE_HOSTS that cannot be read. */
export function allowListEntry(entry: string): Problem {
  return {
    code: 'config.allow-private-hosts',
    what: `ALLOW_PRIVATE_HOSTS has an entry that I cannot read: "${entry}".`,
    why: 'Each entry opens one private place, so it must be exact.',
    fix: [
      'Write a host with its port, such as localhost:4010, or a range of addresses, such as 10.1.0.0/16 or 10.1.0.0/16:8443.',
      'Separate entries with commas.',
    ],
  };
}
