import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { installPath, redirectPath } from '../../adapters/slack/oauth.js';
import { botScopes } from '../../adapters/slack/scopes.js';
import { commands } from '../../commands/index.js';
import { manifestFaults } from '../specs/manifest-faults.js';
import { specsFolder } from '../specs/specs-folder.js';
import { methods } from './server/methods.js';

const root = resolve(import.meta.dirname, '../..');
const schemaFile = specsFolder && resolve(specsFolder, 'slack-manifest.schema.json');

interface SlashCommand {
  readonly command: string;
  readonly url: string;
  readonly usage_hint: string;
  readonly should_escape: boolean;
}

interface Manifest {
  readonly features: { readonly slash_commands: readonly SlashCommand[] };
  readonly oauth_config: {
    readonly redirect_urls: readonly string[];
    readonly scopes: { readonly bot: readonly string[] };
  };
  readonly settings: {
    readonly event_subscriptions: { readonly request_url: string; readonly bot_events: readonly string[] };
    readonly interactivity: {
      readonly is_enabled: boolean;
      readonly request_url: string;
      readonly message_menu_options_url: string;
    };
  };
}

const manifest = parse(readFileSync(resolve(root, 'manifest.yml'), 'utf8')) as Manifest;
const { slash_commands: slash } = manifest.features;

describe('manifest.yml', () => {
  test("follows Slack's own schema", (context) => {
    if (!schemaFile) return context.skip('the schema of manifests is not here');
    const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false, logger: false });
    const isValid = validate.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));

    isValid(manifest);

    expect(isValid.errors ?? []).toEqual([]);
  });

  test('has one slash command for each group of commands', () => {
    const groups = [...new Set(commands.map(({ name }) => `/${name.split(' ')[0]}`))];
    expect(slash.map(({ command }) => command)).toEqual(groups);
  });

  test('hints at every subcommand, in the order of the list', () => {
    for (const { command, usage_hint: hint } of slash) {
      const inGroup = commands.filter(({ name }) => `/${name.split(' ')[0]}` === command);
      const words = inGroup.flatMap(({ name }) => name.split(' ').slice(1));
      if (words.length > 0) expect(hint, command).toBe([...words, 'help'].join(' | '));
    }
  });

  test('leaves typed links as they are', () => {
    expect(slash.every((command) => command.should_escape === false)).toBe(true);
  });

  test('asks for the scopes that an installation by OAuth asks for', () => {
    expect(manifest.oauth_config.scopes.bot).toEqual(botScopes);
    expect(botScopes.toSorted()).toEqual(botScopes);
  });

  test.each([true, false])('keeps what the schema leaves out, with Socket Mode %s', (isSocket) => {
    const settings = { ...manifest.settings, socket_mode_enabled: isSocket };

    expect(manifestFaults({ ...manifest, settings }, Object.keys(methods))).toEqual([]);
  });

  test('listens to exactly the events that are worked on', () => {
    const source = readFileSync(resolve(root, 'adapters/slack/events.ts'), 'utf8');
    const heard = [...source.matchAll(/app\.event\('([a-z_]+)'/g)].map(([, name]) => name);
    const asked = manifest.settings.event_subscriptions.bot_events.map((event) => event.split('.')[0]);
    expect([...new Set(asked)].toSorted()).toEqual(heard.toSorted());
  });

  test('names the addresses that the bot answers at, for signed HTTP', () => {
    const { event_subscriptions: events, interactivity } = manifest.settings;
    const addresses = [
      ...slash.map(({ url }) => url),
      events.request_url,
      interactivity.request_url,
      interactivity.message_menu_options_url,
    ];
    expect(new Set(addresses)).toEqual(new Set(['https://tallyman.example/slack/events']));
    expect(manifest.oauth_config.redirect_urls).toEqual([`https://tallyman.example${redirectPath}`]);
    expect(installPath).toMatch(/^\/slack\//);
  });
});
