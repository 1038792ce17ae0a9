import {
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import type { Attachment, ChartData, DrawnCard } from '../../src/card.js';
import type { ChartRenderer, Log } from '../../src/ports.js';
import { cutText } from './escape.js';
import { limits } from './limits.js';
import { plainText } from './plain-text.js';
import { type RenderOptions, renderCard } from './render.js';

/** What is common to all calls that write a message. */
export interface MessageBody {
  readonly components?: APIMessageTopLevelComponent[];
  readonly flags?: number;
  readonly attachments?: RESTPatchAPIWebhookWithTokenMessageJSONBody['attachments'];
  readonly allowed_mentions: { readonly parse: [] };
}

export interface DiscordMessage {
  readonly body: MessageBody;
  readonly files: readonly RawFile[];
}

export interface DrawOptions extends Pick<RenderOptions, 'guild' | 'marker'> {
  readonly files?: readonly Attachment[];
}

interface Picture {
  readonly name: string;
  readonly alt: string;
  readonly content: Uint8Array;
}

/** Nobody is notified by what a message says, whatever names are in it. */
const nobody = { parse: [] as [] };

/** Draws messages; charts become pictures. */
export function createDrawing(charts: ChartRenderer, log: Log) {
  async function picture(chart: ChartData, alt: string, index: number): Promise<Picture | null> {
    try {
      return { name: `chart-${index + 1}.png`, alt, content: await charts.png(chart) };
    } catch (error) {
      // The figures are in the text as well: a message without its picture is better than none.
      log.error({ error }, 'a chart could not be drawn');
      return null;
    }
  }

  /** The card as a message of components. */
  async function draw(card: DrawnCard, options: DrawOptions = {}): Promise<DiscordMessage> {
    const pictures: Picture[] = [];
    for (const block of card.blocks) {
      if (block.type !== 'chart' || pictures.length === 3) continue;
      const drawn = await picture(block.chart, block.alt, pictures.length);
      if (drawn) pictures.push(drawn);
    }
    const kept = (options.files ?? []).filter(fits(pictures));
    const attached = kept.map(named);
    const container = renderCard(withLostFiles(card, options.files ?? [], kept), {
      ...options,
      pictures: pictures.map(({ name }) => name),
      files: attached.map(({ name }) => name),
    });
    const all = [
      ...pictures.map(({ name, content, alt }) => ({ name, content, mediaType: 'image/png', alt })),
      ...attached.map((file) => ({ ...file, alt: '' })),
    ];
    return {
      body: {
        ...componentBody(container),
        // Also when empty: an edit then takes away what an earlier state of the message had.
        attachments: all.map(({ name, alt }, index) => ({
          id: String(index),
          filename: name,
          ...(alt ? { description: cutText(alt, limits.altText) } : {}),
        })),
      },
      files: all.map(({ name, content, mediaType }, index) => ({
        name,
        data: Buffer.from(content),
        contentType: mediaType,
        key: `files[${index}]`,
      })),
    };
  }

  return { draw };
}

export type Drawing = ReturnType<typeof createDrawing>;

export function componentBody(part: APIMessageTopLevelComponent): MessageBody {
  return { components: [part], flags: MessageFlags.IsComponentsV2, allowed_mentions: nobody };
}

/** The short form for when the drawn message was refused; once of components, a message must stay so. */
export function plainMessage(card: DrawnCard, marker?: readonly [number, number]): DiscordMessage {
  const text = { type: ComponentType.TextDisplay as const, content: plainText(card) };
  return { body: componentBody(marker ? { ...text, id: marker[1] } : text), files: [] };
}

/** Says which files Discord would not take. */
function withLostFiles(
  card: DrawnCard,
  files: readonly Attachment[],
  kept: readonly Attachment[],
): DrawnCard {
  const lost = files.filter((file) => !kept.includes(file)).map(({ name }) => name);
  if (lost.length === 0) return card;
  const text = `Not attached, since Discord takes 10 MB a message: ${lost.join(', ')}. Ask for fewer days.`;
  return { ...card, blocks: [{ type: 'text', text }, ...card.blocks] };
}

/** File names reach Discord in an address: only plain characters, none twice. */
function named(file: Attachment, index: number): Attachment {
  const plain = file.name.replace(/[^A-Za-z0-9._-]+/gu, '-').replace(/^[.-]+/u, '') || 'file';
  return { ...file, name: index === 0 ? plain.slice(-80) : `${index + 1}-${plain.slice(-80)}` };
}

function fits(pictures: readonly Picture[]): (file: Attachment) => boolean {
  let bytes = pictures.reduce((sum, { content }) => sum + content.byteLength, 0);
  let count = pictures.length;
  return ({ content }) => {
    if (bytes + content.byteLength > limits.fileBytes || count === limits.files) return false;
    bytes += content.byteLength;
    count += 1;
    return true;
  };
}
