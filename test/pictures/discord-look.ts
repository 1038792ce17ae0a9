import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { buttonRow } from './button-row.js';
import { discordMarkup } from './discord-markup.js';
import { letters } from './letters.js';
import { box, boxed, type Piece, paragraph, type Run, stack } from './piece.js';
import type { Charts } from './slack-look.js';

export const discordPaper = '#313338';

export interface DiscordPost {
  readonly place: string;
  readonly time: string;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly isEdited?: boolean;
}

/** A message as Discord's client shows it, drawn from its components alone. */
export function discordPost(post: DiscordPost, width: number, charts: Charts): Piece {
  const left = 54;
  const room = width - left;
  const muted = '#949ba4';
  const name: Run[] = [
    { text: 'Tallyman ', bold: true, colour: '#f2f3f5' },
    { text: ' APP ', bold: true, colour: '#ffffff', box: 'fill="#5865f2"' },
    { text: `  ${post.time} · ${post.place}${post.isEdited ? ' · (edited)' : ''}`, colour: muted },
  ];
  const head = paragraph(name, { size: 14, lineHeight: 22, colour: muted, width: room });
  const content = stack(
    post.components.map((component) => {
      if (component.type !== ComponentType.Container) throw new Error(`no picture for ${component.type}`);
      return drawContainer(component, room, charts);
    }),
    8,
  );
  return {
    height: head.height + 4 + content.height,
    draw: (x, y) => avatar(x, y) + head.draw(x + left, y) + content.draw(x + left, y + head.height + 4),
  };
}

function avatar(x: number, y: number): string {
  const style = { size: 20, bold: true, colour: '#ffffff' };
  return `<circle cx="${x + 20}" cy="${y + 22}" r="20" fill="#1f3a34"/>${letters('T', x + 14, y + 29, style)}`;
}

function drawContainer(container: APIContainerComponent, width: number, charts: Charts): Piece {
  const padding = 16;
  const room = width - 2 * padding;
  const parts = container.components.map((part) => drawPart(part, room, charts));
  const look = 'rx="8" fill="#2b2d31" stroke="#3f4147"';
  const inner = boxed(stack(parts, 8), { x: padding, y: 14, width, look });
  const accent = container.accent_color;
  if (accent === undefined || accent === null) return inner;
  const colour = `#${accent.toString(16).padStart(6, '0')}`;
  return {
    height: inner.height,
    draw: (x, y) => inner.draw(x, y) + box(x, y, 4, inner.height, `rx="2" fill="${colour}"`),
  };
}

function drawPart(part: APIComponentInContainer, width: number, charts: Charts): Piece {
  switch (part.type) {
    case ComponentType.TextDisplay:
      return discordMarkup(part.content, width);
    case ComponentType.MediaGallery:
      return stack(
        part.items.map(({ media }) => {
          const chart = charts.get(media.url.replace('attachment://', ''));
          if (!chart) throw new Error(`no chart ${media.url}`);
          return chart(Math.min(width, 560));
        }),
        8,
      );
    case ComponentType.ActionRow:
      return drawButtons(part, width);
    default:
      throw new Error(`no picture for a component of type ${part.type}`);
  }
}

type Row = Extract<APIComponentInContainer, { type: ComponentType.ActionRow }>;

const styles: Readonly<Partial<Record<ButtonStyle, string>>> = {
  [ButtonStyle.Primary]: '#5865f2',
  [ButtonStyle.Secondary]: '#4e5058',
  [ButtonStyle.Danger]: '#da373c',
};

function drawButtons(row: Row, width: number): Piece {
  const buttons = row.components.map((component) => {
    const fill = component.type === ComponentType.Button ? styles[component.style] : undefined;
    if (component.type !== ComponentType.Button || !('label' in component) || !fill)
      throw new Error(`no picture for ${component.type} in a row`);
    return { label: component.label ?? '', colour: '#ffffff', look: `fill="${fill}"` };
  });
  return buttonRow(buttons, width);
}
