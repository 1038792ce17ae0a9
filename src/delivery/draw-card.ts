import type { ActionStore } from '../access/workspace.js';
import type { Action, Block, Button, Card, DrawnCard } from '../card.js';
import { addMilliseconds, type Instant } from '../dates.js';
import type { Vault } from '../secrets.js';

const actionLifeMs = 30 * 86_400_000;

export interface DrawingContext {
  readonly vault: Vault;
  readonly actions: ActionStore;
  readonly workspace: string;
  readonly now: Instant;
}

/** Stores what each button stands for, sealed, and answers the card with buttons that hold only a random id. */
export async function drawCard(card: Card, context: DrawingContext): Promise<DrawnCard> {
  const { blocks, details, ...rest } = card;
  return {
    ...rest,
    blocks: await drawBlocks(blocks, context),
    ...(details ? { details: await drawBlocks(details, context) } : {}),
  };
}

async function drawBlocks(blocks: readonly Block[], context: DrawingContext): Promise<Block<Button>[]> {
  const drawn: Block<Button>[] = [];
  for (const block of blocks) {
    if (block.type !== 'actions') {
      drawn.push(block);
      continue;
    }
    const buttons: Button[] = [];
    for (const action of block.actions) buttons.push(await drawAction(action, context));
    drawn.push({ type: 'actions', actions: buttons });
  }
  return drawn;
}

async function drawAction(action: Action, context: DrawingContext): Promise<Button> {
  const id = context.vault.randomId();
  await context.actions.add({
    id,
    workspace: context.workspace,
    command: action.command,
    form: action.form ?? false,
    sealedOptions: context.vault.seal(JSON.stringify(action.options), actionPlace(context.workspace, id)),
    createdAt: context.now,
    expiresAt: addMilliseconds(context.now, actionLifeMs),
  });
  return { id, label: action.label, ...(action.style ? { style: action.style } : {}) };
}

/** Where the options of a stored action are sealed. */
export function actionPlace(workspace: string, id: string) {
  return { workspace, table: 'actions', row: id, column: 'options' };
}
