import { type ChatDriver, casino, type Person } from '../contracts/chat-driver.js';
import { testChatSurface } from '../contracts/chat-surface.js';
import { keepMessage } from './server/channel-routes.js';
import { actedOn, readText } from './server/read-message.js';
import { nested } from './server/rules.js';
import type { Interaction, Message } from './server/world.js';
import { type FormInput, type Mode, withDiscord } from './with-discord.js';

for (const mode of ['gateway', 'http'] as const satisfies Mode[]) {
  testChatSurface(`Discord over ${mode}`, async (dispatch): Promise<ChatDriver> => {
    const discord = await withDiscord({ dispatch, mode });
    const { world } = discord.server;
    const persons = { ann: discord.ann, bob: discord.bob, guest: discord.guest };
    keepMessage(world, { channel: discord.casino.id, author: discord.ann.id, content: 'Good morning' });
    const forms = new Map<Person, Interaction | null>();
    const opened = (person: Person, interaction: Interaction) => {
      forms.set(person, interaction.modal ? interaction : null);
    };
    const visible = (person: Person): Message[] => [
      ...discord.publicly(),
      ...discord.privately(persons[person]),
    ];
    return {
      workspace: `discord:${discord.guild.id}`,
      messenger: discord.running.messenger,
      hasForms: true,
      hasGuests: true,
      hasAudience: true,
      async type(line, as = 'ann') {
        opened(as, await discord.type(line, { person: persons[as] }));
      },
      async handOver(line, file, as = 'ann') {
        opened(as, await discord.type(line, { person: persons[as], file }));
      },
      form(as = 'ann') {
        const modal = forms.get(as)?.modal;
        if (!modal) return null;
        const fields = modal.components.flatMap(({ component }) => {
          const input = component as ({ custom_id?: string } & FormInput) | undefined;
          return input ? [{ name: input.custom_id ?? '', value: input.value ?? '' }] : [];
        });
        return { title: modal.title, fields };
      },
      async submit(values, as = 'ann') {
        const form = forms.get(as);
        if (!form) throw new Error('no form is open');
        forms.set(as, null);
        await discord.submit(form, values, { person: persons[as] });
      },
      async press(label, as = 'ann') {
        const message = visible(as)
          .sort((a, b) => Number(BigInt(b.id) - BigInt(a.id)))
          .find(({ components }) => nested(components).some((part) => part.label === label));
        if (!message) throw new Error(`nobody shows ${label}`);
        opened(as, await discord.press(message, label, { person: persons[as] }));
      },
      privately: (as = 'ann') => discord.privately(persons[as]).map(readText),
      publicly: () => discord.publicly().map((message) => ({ id: message.id, text: readText(message) })),
      files: (as = 'ann') =>
        discord
          .privately(persons[as])
          .flatMap(({ files }) => files.filter(({ description }) => description === ''))
          .map(({ name, content }) => ({ name, content })),
      actedOn: () => world.messages.flatMap(actedOn),
      refused: () => world.complaints,
      sent: () => {
        const shown = world.messages.filter(({ author }) => author !== discord.ann.id);
        const asked = [...world.interactions.values()].map(({ modal, choices }) => [modal, choices]);
        return JSON.stringify([world.requests.map(({ body }) => body), shown, asked]);
      },
      target: (of) =>
        of === casino
          ? { kind: 'channel', id: discord.casino.id, name: '#casino' }
          : { kind: 'user', id: persons[of].id, name: persons[of].name },
    };
  });
}
