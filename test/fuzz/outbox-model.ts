import fc from 'fast-check';
import { openDatabase } from '../../db/open.js';
import { DeliveryError } from '../../src/delivery/outbox.js';
import { say } from '../../src/delivery/say.js';
import { sendNext } from '../../src/delivery/send-next.js';
import { type Bench, hour, minute, openBench } from '../support/bench-core.js';
import { card, now } from '../support/stored.js';

const workspaces = ['slack:T1', 'slack:T2'] as const;

/** What must have been told: the last words of each subject at each place. */
interface Model {
  readonly last: Map<string, string>;
  said: number;
}

interface Real {
  readonly bench: Bench;
}

type Step = fc.AsyncCommand<Model, Real>;

function step(name: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return { check: () => true, run, toString: () => name };
}

const places = fc.record({
  workspace: fc.constantFrom(...workspaces),
  place: fc.constantFrom('casino', 'poker'),
  person: fc.boolean(),
  subject: fc.constantFrom('report:a', 'report:b', 'digest:2026-11-16'),
});

const sayings = places.map(({ workspace, place, person, subject }) =>
  step(`say ${subject} in ${workspace} ${place}`, async (model, { bench }) => {
    model.said += 1;
    const name = `${workspace} ${person ? '@' : '#'}${place}`;
    const title = `${name} ${subject} ${model.said}`;
    model.last.set(`${name} ${subject}`, title);
    const target = { kind: person ? ('user' as const) : ('channel' as const), id: place, name };
    await say(bench.stores, { workspace, target, subject, card: card(title), now: bench.clock.now() });
  }),
);

const faults = fc
  .constantFrom<readonly [string, () => { error: unknown; taken?: boolean }]>(
    ['the answer is lost', () => ({ error: new DeliveryError('doubtful', 'timeout'), taken: true })],
    ['the message is lost', () => ({ error: new DeliveryError('doubtful', 'timeout') })],
    ['a strange error after it was taken', () => ({ error: new Error('socket hang up'), taken: true })],
    ['refused for now', () => ({ error: new DeliveryError('refused', 'internal_error') })],
    ['told to wait', () => ({ error: new DeliveryError('refused', 'ratelimited', 90_000) })],
  )
  .map(([name, fault]) =>
    step(`next call: ${name}`, async (_model, { bench }) => {
      bench.chat.faults.push(fault());
    }),
  );

const others = fc.constantFrom(
  step('send', async (_model, { bench }) => {
    await sendNext(bench.core);
  }),
  step('two senders at once', async (_model, { bench }) => {
    await Promise.all([sendNext(bench.core), sendNext(bench.core)]);
  }),
  step('a sender dies before it calls', async (_model, { bench }) => {
    await bench.stores.outbox.claim(bench.clock.now());
  }),
  step('a look fails', async (_model, { bench }) => {
    bench.chat.lookFaults.push(new DeliveryError('refused', 'internal_error'));
  }),
  step('a minute passes', async (_model, { bench }) => bench.clock.forward(minute)),
  step('ten minutes pass', async (_model, { bench }) => bench.clock.forward(10 * minute)),
  step('the clock is set back', async (_model, { bench }) => bench.clock.forward(-3 * minute)),
);

async function finish(bench: Bench): Promise<void> {
  bench.chat.faults.length = 0;
  bench.chat.lookFaults.length = 0;
  for (let hours = 0; hours < 3; hours += 1) {
    bench.clock.forward(hour);
    await bench.deliverAll();
  }
}

/** Every subject ends as one message with its last words, at its place and in its workspace, and as no second one. */
function whatIsWrong(model: Model, bench: Bench): string | null {
  for (const [key, title] of model.last) {
    const found = bench.chat.posted.filter(({ titles }) => titles[0]?.startsWith(`${key} `));
    if (found.length !== 1) return `${key} was posted ${found.length} times`;
    if (found[0]?.titles.at(-1) !== title) return `${key} ends as ${found[0]?.titles.at(-1)}, not ${title}`;
  }
  const stray = bench.chat.posted.find(({ message, titles }) => {
    return (
      titles.some((title) => !title.startsWith(`${message.target.name} `)) ||
      !message.target.name.startsWith(message.workspace)
    );
  });
  return stray ? `${stray.titles[0]} stands at ${stray.message.target.name}` : null;
}

/** Plays random histories on the real store and the real sender. */
export async function fuzzOutbox(runs: number, seed: number): Promise<number> {
  let said = 0;
  const commands = fc.commands([sayings, sayings, faults, others, others, others], {
    maxCommands: 60,
    size: 'max',
  });
  const property = fc.asyncProperty(commands, async (steps) => {
    const database = await openDatabase(':memory:');
    try {
      const bench = await openBench(now, database.stores);
      for (const id of workspaces) {
        await bench.stores.workspaces.ensure(id, 'slack', id, { id: 'U1', name: 'Ann' }, now);
      }
      const model: Model = { last: new Map(), said: 0 };
      await fc.asyncModelRun(() => ({ model, real: { bench } }), steps);
      await finish(bench);
      said += model.said;
      const wrong = whatIsWrong(model, bench);
      if (wrong) throw new Error(wrong);
    } finally {
      await database.close();
    }
  });
  await fc.assert(property, { numRuns: runs, seed });
  return said;
}
