/** One body that the bot sent, as the far side got it. */
export interface SentBody {
  readonly surface: 'slack' | 'discord';
  /** Slack's method, or Discord's route with `:id` in place of ids: `POST /channels/:id/messages`. */
  readonly endpoint: string;
  readonly body: unknown;
  /** What is in the files that go with it. */
  readonly files: readonly string[];
  /** The channel that reads it, by every name it has; `null` when one person alone does, or nobody. */
  readonly room: readonly string[] | null;
}

/** Where in a body a text stands, as `/blocks/0/text/text`. */
export interface PlacedText {
  readonly at: string;
  readonly text: string;
}

export function textsOf(value: unknown, at = ''): PlacedText[] {
  if (typeof value === 'string') return [{ at: at || '/', text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${at}/${key}`));
}
