import type { Card } from '../card.js';

/** For the channel, when its offer's owner takes no direct messages. No figures: it only asks them to look. */
export function directMessageRefusedCard(person: string, offer: string, number: number): Card {
  return {
    title: `${person}, please look at ${offer}: alert ${number} is for you`,
    tone: 'warning',
    blocks: [
      {
        type: 'text',
        text: 'I cannot send you direct messages. /alert list shows the steps; allow direct messages from this server to get them yourself.',
      },
    ],
  };
}

/** One message for alerts that had ended before the first word of them could be said. */
export function passedAlertsCard(titles: readonly string[]): Card {
  return {
    title: `${titles.length} alerts came and went while nothing could be said here`,
    tone: 'good',
    blocks: titles.map((text) => ({ type: 'text', text })),
  };
}

/** The sample that `/alert test` posts in the channel. */
export function sampleChannelCard(person: string): Card {
  return {
    title: 'Test: Lucky Star has stopped: its token is refused (since Tue 07:10, 3 tries)',
    tone: 'warning',
    blocks: [
      { type: 'text', text: `test · told ${person}`, muted: true },
      { type: 'text', text: 'This is a sample. No offer is broken.' },
    ],
  };
}

/** The sample that `/alert test` sends to whoever asked. */
export function sampleDirectCard(channel: string): Card {
  return {
    title: 'Test: Lucky Star has stopped: its token is refused (since Tue 07:10, 3 tries)',
    tone: 'warning',
    blocks: [
      {
        type: 'text',
        text: `This is a sample: no offer is broken. A real one has the steps and the buttons here, and one line in ${channel}.`,
      },
    ],
  };
}

export function sampleSentCard(channel: string): Card {
  return {
    title: `A sample alert is on its way to ${channel} and to you`,
    tone: 'good',
    blocks: [
      {
        type: 'text',
        text: 'If one of them does not come, the bot may not write there: /alert list says why within a minute.',
        muted: true,
      },
    ],
  };
}
