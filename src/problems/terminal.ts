import type { Problem } from './problem.js';

/** `save` was typed, and no chart has been shown. */
export function noChart(): Problem {
  return {
    code: 'command.no-chart',
    what: 'No chart has been shown yet.',
    why: 'The word save keeps the last chart as a PNG file.',
    fix: ['Show one first: /report range:30d as:chart'],
  };
}

/** A number was typed that stands before no choice on the screen. */
export function noSuchChoice(choices: number): Problem {
  return {
    code: 'terminal.no-such-choice',
    what: choices === 0 ? 'There is nothing to choose from yet.' : 'No choice on the screen has this number.',
    why: 'A number alone presses the button that was shown with it.',
    fix: [
      choices === 0
        ? 'Type a command first; /help lists them'
        : 'Type a number that stands in brackets above',
    ],
  };
}

export function fileNotSaved(folder: string, reason: string): Problem {
  return {
    code: 'terminal.file-not-saved',
    what: `The file could not be saved in ${folder} (${reason}).`,
    why: 'The answer itself is complete; only its file is missing.',
    fix: [`Make sure that ${folder} can be written and the disk has room`, 'Run the command again'],
  };
}

/** An option such as `lines:@offers.csv` names a file that cannot be read. */
export function fileNotRead(reason: string): Problem {
  return {
    code: 'command.file-not-read',
    what: `The file after @ could not be read (${reason}).`,
    why: 'Nothing was done.',
    fix: [
      'Check the path; it is taken from the folder in which Tallyman was started',
      'Run the command again',
    ],
  };
}

/** The program was started with an option that it does not have. */
export function unknownArgument(): Problem {
  return {
    code: 'command.unknown-argument',
    what: 'Tallyman was started with an option that it does not have, or without its value.',
    why: 'Its own options are --json, --user <name>, --channel <#channel>, --files <folder> and --help; serve takes --terminal and --role all, web or worker, move takes --to <postgres://…>.',
    fix: [
      'Put a whole command in quotes: npx tallyman "/offer check <URL>"',
      'Type npx tallyman --help to see all commands',
    ],
  };
}
