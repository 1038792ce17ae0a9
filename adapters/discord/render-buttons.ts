import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Button } from '../../src/card.js';
import { plantId } from './custom-id.js';
import { cutText, oneLine } from './escape.js';
import { limits } from './limits.js';

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

const styles = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const;

/** Buttons in rows of five; labels are plain text to Discord. A button that it would refuse is left out. */
export function renderButtons(buttons: readonly Button[], guild: string | null): ButtonRow[] {
  const drawn = buttons.flatMap((button): APIButtonComponentWithCustomId[] => {
    const customId = plantId({ kind: 'button', id: button.id, guild });
    if (customId === null) return [];
    return [
      {
        type: ComponentType.Button,
        style: button.style ? styles[button.style] : ButtonStyle.Secondary,
        label: cutText(oneLine(button.label), limits.buttonLabel) || '…',
        custom_id: customId,
      },
    ];
  });
  const rows: ButtonRow[] = [];
  for (let start = 0; start < drawn.length; start += limits.buttonsInRow) {
    rows.push({
      type: ComponentType.ActionRow,
      components: drawn.slice(start, start + limits.buttonsInRow),
    });
  }
  return rows;
}
