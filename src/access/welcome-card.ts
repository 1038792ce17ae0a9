import type { Card } from '../card.js';

/** The first words to a channel, or to whoever installed the bot, with the first step. */
export function welcomeCard(): Card {
  return {
    title: 'Tallyman is here',
    tone: 'plain',
    blocks: [
      {
        type: 'text',
        text: 'I read your affiliate programmes on Affilka and ReferOn, post the day’s FTD and NGR where you talk, and tell the right person once when a source breaks.',
      },
      { type: 'text', text: 'First step: copy the URL of a report at one programme, and add it.' },
      { type: 'code', text: '/offer add' },
      {
        type: 'actions',
        actions: [
          { label: 'Add an offer', style: 'primary', command: 'offer add', options: {}, form: true },
          { label: 'What are my offers?', command: 'offer list', options: {} },
        ],
      },
    ],
  };
}

/** A page after an installation by OAuth. */
export function installedCard(workspace: string): Card {
  return {
    title: `Tallyman is installed in ${workspace}`,
    tone: 'good',
    blocks: [{ type: 'text', text: 'Go back to Slack: the first step is in your direct messages.' }],
  };
}

/** Said after an admin has confirmed a channel that other companies read. */
export function sharedConfirmedCard(channel: string): Card {
  return {
    title: `Tallyman may post in ${channel} now`,
    tone: 'good',
    blocks: [{ type: 'text', text: 'Other companies read it too. Run your command again.' }],
  };
}
