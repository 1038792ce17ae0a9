import { describe, expect, test } from 'vitest';
import { type Manifest, manifestFaults } from './manifest-faults.js';

const url = 'https://tallyman.example/slack/events';

const good = {
  features: {
    app_home: { home_tab_enabled: true },
    bot_user: {},
    slash_commands: [{ command: '/offer', url }],
  },
  oauth_config: { redirect_urls: [url], scopes: { bot: ['chat:write', 'commands', 'channels:history'] } },
  settings: {
    event_subscriptions: { request_url: url, bot_events: ['app_home_opened', 'message.channels'] },
    interactivity: { is_enabled: true, request_url: url },
    socket_mode_enabled: false,
  },
} as const satisfies Manifest;

const { features, oauth_config, settings } = good;
const events = settings.event_subscriptions;

function asking(...bot: string[]): Manifest {
  return { ...good, oauth_config: { ...oauth_config, scopes: { bot } } };
}

describe('a manifest', () => {
  test('that keeps the rules has no faults', () => {
    expect(manifestFaults(good, ['chat.postMessage'])).toEqual([]);
  });

  test.each<[string, Manifest, string]>([
    [
      'a scope that does not exist',
      asking('chat:wirte', 'chat:write', 'commands', 'channels:history'),
      'no scope is called chat:wirte',
    ],
    [
      'commands without their scope',
      asking('chat:write', 'channels:history'),
      '/offer needs the scope commands',
    ],
    [
      'an event without its scope',
      asking('chat:write', 'commands'),
      'message.channels needs the scope channels:history',
    ],
    [
      'a call without its scope',
      asking('commands', 'channels:history'),
      'chat.postMessage needs the scope chat:write',
    ],
    [
      'an event that does not exist',
      {
        ...good,
        settings: { ...settings, event_subscriptions: { ...events, bot_events: ['app_home_open'] } },
      },
      'no event is called app_home_open',
    ],
    [
      'no bot user',
      { ...good, features: { app_home: features.app_home, slash_commands: features.slash_commands } },
      'scopes and events of a bot need a bot user',
    ],
    [
      'no Home tab for its event',
      { ...good, features: { ...features, app_home: { home_tab_enabled: false } } },
      'app_home_opened needs the Home tab',
    ],
    [
      'a command without an address, outside Socket Mode',
      { ...good, features: { ...features, slash_commands: [{ command: '/offer' }] } },
      '/offer has no address',
    ],
    [
      'no address for events, outside Socket Mode',
      { ...good, settings: { ...settings, event_subscriptions: { bot_events: events.bot_events } } },
      'events has no address',
    ],
    [
      'no address for buttons, outside Socket Mode',
      { ...good, settings: { ...settings, interactivity: { is_enabled: true } } },
      'interactivity has no address',
    ],
    [
      'an address that is not https',
      {
        ...good,
        features: { ...features, slash_commands: [{ command: '/offer', url: 'http://tallyman.example' }] },
      },
      '/offer has http://tallyman.example, which is no https address',
    ],
  ])('with %s is refused', (_, manifest, fault) => {
    expect(manifestFaults(manifest, ['chat.postMessage'])).toEqual([fault]);
  });

  test('needs no addresses over Socket Mode', () => {
    const bare: Manifest = {
      ...good,
      features: { ...features, slash_commands: [{ command: '/offer' }] },
      settings: { event_subscriptions: { bot_events: events.bot_events }, socket_mode_enabled: true },
    };
    expect(manifestFaults(bare, [])).toEqual([]);
  });

  test('is judged for every method that the bot is known to call', () => {
    expect(manifestFaults(good, ['chat.delete'])).toEqual(['the scopes of chat.delete are unknown']);
  });
});
