import { type PlacedText, type SentBody, textsOf } from './sent-body.js';

/** What the core itself gave to everybody of a channel: a message for it, or an answer that is not private. */
export interface Addressed {
  readonly room: string;
  readonly words: string;
}

/** Every token of the tests begins so. */
const tokenMark = 'test-token-';

/** Base64 of the mark depends on where in the whole it begins; what its neighbours colour is cut off. */
const encodedMarks = [0, 1, 2].map((offset) => {
  const encoded = Buffer.from(' '.repeat(offset) + tokenMark)
    .toString('base64')
    .replace(/=+$/, '');
  return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
});

/** Sums as they are drawn or exported, `12,430.55`, `1204.00`, `1,204` and `0.01250000`, and counts of FTD. */
const figures =
  /(?<![\d:])(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,8}|(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|\d+(?= FTDs?\b)/g;

/** Ids and time stamps look like sums; nobody reads them. */
const unread = /\/(?:ts|thread_ts|nonce|id|custom_id|action_id|block_id|file_id|channel|channel_id|key)$/;

/**
 * Where a body that a whole channel reads holds what that channel was not given.
 *
 * No token belongs into one, in any spelling. Figures belong to an offer's channel, its owner and the admins, and which
 * channel is given which figures is the core's to decide: it addresses a message to a channel (a digest, the receipt of
 * an incident, a report that somebody shared) or marks an answer as one for everybody. So a figure in a public body is
 * right where the core gave it to that very channel, and a leak everywhere else: the figure of a private answer that
 * went out as a public one, of a direct message that fell back on a channel, of one channel in another.
 */
export function leaksIn(bodies: readonly SentBody[], addressed: readonly Addressed[]): string[] {
  const privately = new Set(
    bodies.filter(({ room }) => room === null).flatMap((sent) => figuresOf(wordsOf(sent))),
  );
  return bodies.flatMap((sent) => {
    const { room, endpoint } = sent;
    if (room === null) return [];
    const given = addressed.filter((one) => room.includes(one.room)).map(({ words }) => words);
    return wordsOf(sent).flatMap((placed) => [
      ...(holdsToken(placed.text) ? [`${endpoint} ${placed.at} shows a token to a channel`] : []),
      ...figuresOf([placed])
        .filter((figure) => !given.some((words) => words.includes(figure)))
        .map((figure) => {
          const secret = privately.has(figure) ? ', and it stands in a private answer' : '';
          return `${endpoint} ${placed.at} shows ${figure} to a channel that was not given it${secret}`;
        }),
    ]);
  });
}

/** Figures among these words. */
export function figuresOf(placed: readonly PlacedText[]): string[] {
  return placed.flatMap(({ at, text }) => (unread.test(at) ? [] : (text.match(figures) ?? [])));
}

export function wordsOf({ body, files }: Pick<SentBody, 'body' | 'files'>): PlacedText[] {
  return [...textsOf(body), ...files.map((text, index) => ({ at: `/files/${index}`, text }))];
}

/** Plain, percent-encoded once or twice, or in base64. */
export function holdsToken(text: string): boolean {
  const spellings = [text, decoded(text), decoded(decoded(text))];
  return spellings.some((spelling) => [tokenMark, ...encodedMarks].some((mark) => spelling.includes(mark)));
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
