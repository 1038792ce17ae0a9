import type { Problem } from './problem.js';

/** A chosen file is larger than any list that could be read. */
export function fileTooLarge(most: number): Problem {
  return {
    code: 'command.file-too-large',
    what: `The file is larger than ${Math.floor(most / 1000)} kB.`,
    why: 'A list of that size has far more lines than are read at once. Nothing was done.',
    fix: ['Split the list into several files', 'Run the command again with each of them'],
  };
}

/** A spreadsheet's own format, a picture, or letters that are not Unicode. */
export function fileNotText(): Problem {
  return {
    code: 'command.file-not-text',
    what: 'The file is not a CSV or text file in UTF-8.',
    why: 'Names in it could come out wrong. Nothing was done.',
    fix: [
      'Save it from your spreadsheet as "CSV UTF-8", with Save As or Download',
      'Run the command again with the new file',
    ],
  };
}

/** The chat product keeps the file, and did not hand it over. `product`: its name. */
export function fileNotFetched(product: string): Problem {
  return {
    code: 'command.file-not-fetched',
    what: `${product} did not hand over the file.`,
    why: 'Without its content nothing was done.',
    fix: ['Run the command again in a minute', 'Paste the lines instead of the file'],
  };
}

/** Lines were typed and a file was chosen too. `option`: where the lines are typed. */
export function fileAndText(option: string): Problem {
  return {
    code: 'command.file-and-text',
    what: `There is both a file and something in ${option}.`,
    why: 'Nothing was done, because I would have to guess which one you mean.',
    fix: [`Choose the file and leave ${option} empty, or the other way round`],
  };
}
