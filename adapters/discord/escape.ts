/** Everything that Discord reads as markup, a mention, an emoji or a link. */
const markup = /[\\*_~|>#\-[\]()<:@`]/u;

/** Characters that hide, reorder or break text: controls, zero-width ones, direction marks and overrides. */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is taken out
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** Far more than any message holds: of a longer text the rest is never looked at. */
const mostLooked = 20_000;

/** Text without characters that nobody sees; new lines stay. */
export function visible(text: string): string {
  return text.slice(0, mostLooked).replace(/\r\n?/gu, '\n').replace(unseen, '');
}

/** One line of visible text. */
export function oneLine(text: string): string {
  return visible(text.slice(0, 4000)).replace(/\s+/gu, ' ').trim();
}

/** Plain text within a number of characters, with … where it was cut. Never cuts a character in two. */
export function cutText(text: string, most: number): string {
  return writeWithin(text, most, (character) => character);
}

/** Text from outside for a place where Discord reads markup: drawn as it stands, within a number of characters. */
export function escapeText(text: string, most: number = Number.POSITIVE_INFINITY): string {
  return writeWithin(visible(text), most, (character) =>
    markup.test(character) ? `\\${character}` : character,
  );
}

/** Text for a code block or inline code, which only a backtick could end. */
export function codeText(text: string, most: number = Number.POSITIVE_INFINITY): string {
  return writeWithin(visible(text), most, (character) => (character === '`' ? 'ˋ' : character));
}

function writeWithin(text: string, most: number, write: (character: string) => string): string {
  const written: string[] = [];
  let length = 0;
  for (const character of text) {
    const piece = write(character);
    if (length + piece.length > most) return withEllipsis(written, length, most);
    written.push(piece);
    length += piece.length;
  }
  return written.join('');
}

function withEllipsis(written: string[], length: number, most: number): string {
  let kept = length;
  while (written.length > 0 && kept + 1 > most) kept -= written.pop()?.length ?? 0;
  return most < 1 ? '' : `${written.join('').trimEnd()}…`;
}
