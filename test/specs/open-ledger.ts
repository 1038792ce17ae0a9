import { onTestFinished } from 'vitest';
import { judgeOf } from './judge-of.js';
import { createLedger, type Ledger } from './ledger.js';
import type { SentBody } from './sent-body.js';
import { leaveTally } from './tally.js';

/** A ledger that is judged when the test ends. */
export async function openLedger(surface: SentBody['surface']): Promise<Ledger> {
  const ledger = createLedger(await judgeOf(surface));
  onTestFinished(() => {
    const { wrong, tally } = ledger.verdict();
    leaveTally(tally);
    if (wrong.length > 0) throw new Error(`The bot sent what it must not:\n${wrong.join('\n')}`);
  });
  return ledger;
}
