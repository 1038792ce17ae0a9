import type { Button } from '../../src/card.js';

/** Which number on the screen presses which button. */
export interface Choices {
  /** Numbers the buttons of an answer from 1; those of older cards lose their numbers. */
  startAgain(buttons: readonly Button[]): number;
  /**
   * Numbers the buttons of a message that arrived by itself after those on the screen, so that a number somebody
   * is about to type never changes its meaning.
   */
  continue(buttons: readonly Button[]): number;
  idOf(number: number): string | null;
  count(): number;
}

export function createChoices(): Choices {
  let ids: string[] = [];
  return {
    startAgain(buttons) {
      if (buttons.length > 0) ids = buttons.map(({ id }) => id);
      return 1;
    },
    continue(buttons) {
      const first = ids.length + 1;
      ids = [...ids, ...buttons.map(({ id }) => id)];
      return first;
    },
    idOf: (number) => ids[number - 1] ?? null,
    count: () => ids.length,
  };
}
