/** How the card should feel: the surface may colour it. `plain` says nothing about good or bad. */
export type Tone = 'plain' | 'good' | 'warning' | 'bad';

/** A button as a command writes it: "run this command with these options" or "open its form with these options filled in". */
export interface Action {
  readonly label: string;
  readonly style?: 'primary' | 'danger';
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** True opens the command's form instead of running it. */
  readonly form?: boolean;
}

/** A button as a surface sees it: its state lives in the database under `id`. */
export interface Button {
  readonly id: string;
  readonly label: string;
  readonly style?: 'primary' | 'danger';
}

export interface Column {
  readonly label: string;
  readonly align?: 'left' | 'right';
}

/** Days on the x axis, one bar series and one line series; numbers are for drawing only, money stays text elsewhere. */
export interface ChartData {
  readonly title: string;
  readonly days: readonly string[];
  readonly bars: { readonly label: string; readonly values: readonly (number | null)[] };
  readonly line: { readonly label: string; readonly values: readonly (number | null)[] };
  /** True for days that may still change; drawn lighter. One entry a day where it is given. */
  readonly provisional?: readonly boolean[];
}

/** All texts are plain, without markup, and may hold hostile names: each surface escapes in one place. */
export type Block<B = Action> =
  | { readonly type: 'text'; readonly text: string; readonly muted?: boolean }
  | {
      readonly type: 'facts';
      readonly facts: readonly { readonly label: string; readonly value: string }[];
    }
  | {
      readonly type: 'table';
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Rows that are not in `rows` either: no surface would have drawn them. */
      readonly left?: number;
      /** What to type to see the rows that a surface has to cut. */
      readonly more?: string;
    }
  | {
      /** One thing that is wrong (or one job to do): what, its code, why, then numbered steps. */
      readonly type: 'steps';
      readonly title: string;
      readonly code?: string;
      readonly text?: string;
      readonly steps: readonly string[];
    }
  | { readonly type: 'chart'; readonly chart: ChartData; readonly alt: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly label: string; readonly url: string }
  | { readonly type: 'actions'; readonly actions: readonly B[] };

/** An answer as plain data. `details` is drawn in a thread, behind a button, or below, as the surface does best. */
export interface Card<B = Action> {
  readonly title: string;
  readonly tone: Tone;
  readonly blocks: readonly Block<B>[];
  readonly details?: readonly Block<B>[];
  /** Codes of every problem that the card reports. */
  readonly problems?: readonly string[];
}

/** A card whose actions have been stored and are ready to draw. */
export type DrawnCard = Card<Button>;

/** A file that goes with a card. */
export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}
