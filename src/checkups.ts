import { type Config, ConfigError } from './config.js';
import { brokenSetting, type Checkup } from './doctor.js';
import { openAccess } from './offers/save-offer.js';
import type { KeyFile } from './operations/rekey.js';
import type { Core } from './ports.js';

/** What the outer layers look at for the doctor. */
export interface Surroundings {
  readonly keys: Pick<KeyFile, 'read'>;
  /** Opens the core, lets `look` look, closes it again. */
  withCore(look: (core: Core) => Promise<string>): Promise<string>;
  /** What the chat products that are set up say of their tokens. */
  chats(): Promise<readonly Checkup[]>;
}

/** What is wrong with the settings; once they can be read, everything that they name. */
export async function allCheckups(
  read: () => Config,
  surroundingsOf: (config: Config) => Surroundings,
): Promise<readonly Checkup[]> {
  try {
    const config = read();
    const surroundings = surroundingsOf(config);
    return [...checkupsFor(config, surroundings), ...(await surroundings.chats())];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(brokenSetting);
    throw error;
  }
}

/** In the order in which one thing needs the other. */
function checkupsFor(config: Config, surroundings: Surroundings): Checkup[] {
  return [
    { name: 'Node', look: async () => process.version },
    {
      name: 'Key file',
      look: async () => {
        const { keys } = await surroundings.keys.read();
        return `${config.keyFile}, ${counted(keys.length, 'key')}`;
      },
    },
    {
      name: 'Database',
      look: () =>
        surroundings.withCore(async ({ stores }) => {
          const workspaces = await stores.workspaces.list();
          return `${config.database.kind}, ${counted(workspaces.length, 'workspace')}`;
        }),
    },
    { name: 'Sealed URLs', look: () => surroundings.withCore(openAll) },
    { name: 'Private hosts', look: async () => config.allowPrivateHosts || 'none opened' },
    { name: 'Chat', look: async () => chatText(config) },
  ];
}

async function openAll(core: Core): Promise<string> {
  const workspaces = await core.stores.workspaces.list();
  const offers = (await Promise.all(workspaces.map(({ id }) => core.stores.offers.list(id)))).flat();
  for (const offer of offers) openAccess(core, offer);
  return offers.length === 0 ? 'none yet' : `all ${offers.length} open`;
}

function chatText({ surfaces }: Config): string {
  if (surfaces.terminal) return 'no tokens set: the terminal is used';
  return [
    ...(surfaces.slack ? [`Slack (${surfaces.slack})`] : []),
    ...(surfaces.discord ? [`Discord (${surfaces.discord})`] : []),
  ].join(', ');
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
