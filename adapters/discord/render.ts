import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ComponentType,
} from 'discord.js';
import type { Block, Button, DrawnCard, Tone } from '../../src/card.js';
import { cutText, escapeText, oneLine } from './escape.js';
import { drawing, limits } from './limits.js';
import { renderBlock, type TextBlock } from './render-block.js';
import { renderButtons } from './render-buttons.js';
import { shareRoom } from './share-room.js';

export interface RenderOptions {
  /** Names of the pictures that go with the message, in the order of the card's charts. */
  readonly pictures?: readonly string[];
  /** Names of other files that go with the message. */
  readonly files?: readonly string[];
  /** The server that the buttons of a direct message belong to. */
  readonly guild?: string | null;
  /** Numbers by which the message is found again. */
  readonly marker?: readonly [number, number];
}

type DrawnBlock = Block<Button>;

const tones: Readonly<Record<Tone, { readonly mark: string; readonly colour: number | null }>> = {
  plain: { mark: '', colour: null },
  good: { mark: '✓ ', colour: 0x2e8b57 },
  warning: { mark: '! ', colour: 0xd9a400 },
  bad: { mark: '✗ ', colour: 0xc0392b },
};

/** Room for the line that says what was left out. */
const noteRoom = 120;

/** A card as one container of Components V2; `details` are a message of their own. */
export function renderCard(card: DrawnCard, options: RenderOptions = {}): APIContainerComponent {
  const { mark, colour } = tones[card.tone];
  const title = `### ${mark}${escapeText(oneLine(card.title), drawing.title) || '–'}`;
  const body = renderBlocks(card.blocks, limits.text - title.length - 1, options);
  const [containerId, titleId] = options.marker ?? [];
  const heading: APITextDisplayComponent = {
    type: ComponentType.TextDisplay,
    ...(titleId === undefined ? {} : { id: titleId }),
    content: title,
  };
  return {
    type: ComponentType.Container,
    ...(containerId === undefined ? {} : { id: containerId }),
    ...(colour === null ? {} : { accent_color: colour }),
    components: [heading, ...body, ...renderFiles(options.files ?? [])],
  };
}

function renderFiles(names: readonly string[]): APIComponentInContainer[] {
  return names.map((name) => ({ type: ComponentType.File, file: { url: `attachment://${name}` } }));
}

function renderBlocks(
  blocks: readonly DrawnBlock[],
  room: number,
  options: RenderOptions,
): APIComponentInContainer[] {
  const { drawn, leftOut } = choose(blocks);
  const texts = drawn.filter((block): block is TextBlock => block.type !== 'actions');
  const written = writeTexts(texts, room - noteRoom);
  const pictures = [...(options.pictures ?? [])];
  const buttons = buttonsWithin(drawn, options);
  const parts: APIComponentInContainer[] = [];
  for (const block of drawn) {
    if (block.type === 'actions') {
      parts.push(...renderButtons(buttons.get(block) ?? [], options.guild ?? null));
      continue;
    }
    const picture = block.type === 'chart' ? pictures.shift() : undefined;
    if (block.type === 'chart' && picture) {
      parts.push({
        type: ComponentType.MediaGallery,
        items: [
          {
            media: { url: `attachment://${picture}` },
            description: cutText(oneLine(block.alt), limits.altText) || 'Chart',
          },
        ],
      });
      continue;
    }
    appendText(parts, written.get(block) ?? '');
  }
  const lost = leftOut + lostButtons(drawn, buttons);
  if (lost > 0) appendText(parts, `-# … ${lost} more parts of this answer did not fit here.`);
  return parts;
}

/** Every block in full where all of them fit, else the large ones within their share. */
function writeTexts(blocks: readonly TextBlock[], room: number): Map<TextBlock, string> {
  const whole = blocks.map((block) => renderBlock(block, limits.text * 2));
  const shares = shareRoom(
    whole.map(({ length }) => length + 1),
    room,
  );
  return new Map(
    blocks.map((block, index) => {
      const text = whole[index] ?? '';
      const share = (shares[index] ?? 0) - 1;
      return [block, text.length <= share ? text : renderBlock(block, Math.max(1, share))];
    }),
  );
}

/** The first blocks, and all rows of buttons: those are what a person acts on. */
function choose(blocks: readonly DrawnBlock[]): {
  readonly drawn: readonly DrawnBlock[];
  readonly leftOut: number;
} {
  let taken = 0;
  const drawn = blocks.filter((block) => {
    if (block.type === 'actions') return true;
    taken += 1;
    return taken <= drawing.blocks;
  });
  return { drawn, leftOut: blocks.length - drawn.length };
}

type ActionBlock = Extract<DrawnBlock, { readonly type: 'actions' }>;

/**
 * Buttons that fit: five rows, and no more components than the message has left when every text, picture and file
 * has its own. Ids are unique in a message: a second button of one id would be refused.
 */
function buttonsWithin(drawn: readonly DrawnBlock[], options: RenderOptions): Map<ActionBlock, Button[]> {
  const groups = drawn.filter((block): block is ActionBlock => block.type === 'actions');
  const pictures = options.pictures?.length ?? 0;
  // The container, its title, a note, one text between all groups and pictures, and what stands between them.
  const fixed = 4 + 2 * pictures + (options.files?.length ?? 0);
  let components = limits.components - fixed;
  let rows: number = limits.rows;
  const seen = new Set<string>();
  const kept = new Map<ActionBlock, Button[]>();
  for (const group of groups) {
    const fresh = group.actions.filter(({ id }) => !seen.has(id));
    const buttons: Button[] = [];
    components -= 1;
    for (const button of fresh) {
      const opensRow = buttons.length % limits.buttonsInRow === 0;
      if ((opensRow && rows === 0) || components < (opensRow ? 2 : 1)) break;
      if (opensRow) rows -= 1;
      components -= opensRow ? 2 : 1;
      seen.add(button.id);
      buttons.push(button);
    }
    kept.set(group, buttons);
  }
  return kept;
}

function lostButtons(drawn: readonly DrawnBlock[], kept: Map<ActionBlock, Button[]>): number {
  return drawn.reduce((lost, block) => {
    return block.type === 'actions' ? lost + block.actions.length - (kept.get(block)?.length ?? 0) : lost;
  }, 0);
}

/** Texts that follow each other are one component: a message holds only forty. */
function appendText(parts: APIComponentInContainer[], text: string): void {
  if (text.trim() === '') return;
  const last = parts.at(-1);
  if (last?.type === ComponentType.TextDisplay) last.content = `${last.content}\n${text}`;
  else parts.push({ type: ComponentType.TextDisplay, content: text });
}
