import { commands } from '../../commands/index.js';
import type { Card } from '../../src/card.js';
import { type Caller, type Command, defineCommand } from '../../src/command.js';
import { createDispatch, type Dispatch } from '../../src/dispatch.js';
import { fieldsOf, type OptionField } from '../../src/options.js';
import { createVault } from '../../src/vault.js';
import { testCore } from '../digest/core.js';
import { openTestStores } from '../support/sqlite.js';
import { storeOffer } from '../support/stored.js';

export interface RecordedCall {
  readonly command: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/** The real dispatch and all real commands, whose work is only written down. */
export interface RecordingDispatch {
  readonly dispatch: Dispatch;
  readonly calls: RecordedCall[];
  /** Answers by command name; others get a card titled `Answer of <command>`. An error is thrown. */
  readonly answers: Map<string, Card | Error>;
  readonly logged: string[];
  /** Stores the offer that `sampleValue` names. */
  addOffer(workspace: string): Promise<void>;
}

/** Everybody may run each command here: who may is not the surface's business. */
export async function recordingDispatch(): Promise<RecordingDispatch> {
  const stores = await openTestStores();
  const calls: RecordedCall[] = [];
  const answers: RecordingDispatch['answers'] = new Map();
  const logged: string[] = [];
  const vault = createVault({
    keys: [{ id: 'k1', secret: Buffer.alloc(32, 7) }],
    fingerprintKey: Buffer.alloc(32, 9),
  });
  const core = { ...testCore(stores, '2026-11-20T09:12:00.000Z', logged), vault };
  const recorded = commands.map((command) =>
    defineCommand({
      ...command,
      access: 'member',
      async run(options, { caller }) {
        calls.push({ command: command.name, options, caller });
        const answer = answers.get(command.name);
        if (answer instanceof Error) throw answer;
        return answer ?? { title: `Answer of ${command.name}`, tone: 'good', blocks: [] };
      },
    }),
  );
  return {
    dispatch: createDispatch(core, recorded),
    calls,
    answers,
    logged,
    addOffer: async (workspace) => void (await storeOffer(stores, { workspace })),
  };
}

/** The token of `sampleValue`'s URLs. */
export const sampleToken = 'test-token-12345678';

/** Something that a person could type into an option. */
export function sampleValue({ field, choices }: OptionField): string {
  const samples: Readonly<Record<OptionField['field'], string>> = {
    text: 'Nord',
    secret: `https://site.test/report?token=${sampleToken}`,
    lines: `https://site.test/report?token=${sampleToken}`,
    offer: 'Lucky Star',
    incident: '3',
    channel: '#casino',
    choice: choices?.[0] ?? '',
    timezone: 'Europe/Malta',
    currency: 'EUR',
    day: '2026-11-01',
    time: '09:00',
    duration: '4h',
    flag: 'true',
  };
  return samples[field];
}

/** The command on one line with every option that it has. */
export function wholeLine(command: Command): string {
  const options = fieldsOf(command.options).map((field) => `${field.name}:${quoted(sampleValue(field))}`);
  return [`/${command.name}`, ...options].join(' ');
}

function quoted(value: string): string {
  return value.includes(' ') ? `"${value}"` : value;
}
