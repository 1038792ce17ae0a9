import type { types } from '@slack/bolt';
import { mutedText } from './elements.js';
import { limits } from './limits.js';

interface Room {
  readonly blocks: number;
  readonly characters: number;
}

const noteCharacters = 200;

function sizeOf(block: types.KnownBlock): number {
  return JSON.stringify(block).length + 1;
}

/** Keeps what a message has room for, in order: the buttons first, since they are what can be done; then says what went. */
export function fitBlocks(blocks: readonly types.KnownBlock[], room: Room): types.KnownBlock[] {
  const whole = blocks.reduce((sum, block) => sum + sizeOf(block), 0);
  if (blocks.length <= room.blocks && whole <= room.characters) return [...blocks];
  const kept = new Set<types.KnownBlock>();
  let characters = noteCharacters;
  for (const block of blocks.filter(({ type }) => type === 'actions')) {
    const larger = characters + sizeOf(block);
    if (larger > limits.actionsCharacters || kept.size >= room.blocks / 5) continue;
    characters = larger;
    kept.add(block);
  }
  for (const block of blocks) {
    if (kept.has(block) || kept.size + 1 >= room.blocks) continue;
    const larger = characters + sizeOf(block);
    if (larger > room.characters) continue;
    characters = larger;
    kept.add(block);
  }
  const left = blocks.length - kept.size;
  const note = mutedText(`… ${left} more ${left === 1 ? 'part has' : 'parts have'} no room in one message.`);
  return [...blocks.filter((block) => kept.has(block)), note];
}
