import { expect, test } from 'vitest';
import { verdict } from './verdict.js';

const tallies = [
  { bodies: { 'slack chat.postMessage': 2, 'slack views.open': 1 }, public: 2, leaks: 0 },
  { bodies: { 'slack chat.postMessage': 1, 'discord POST /channels/:id/messages': 4 }, public: 3, leaks: 1 },
];

test('a run ends with what was judged, the most frequent first', () => {
  expect(verdict(tallies, true)).toEqual([
    '',
    'Slack: 4 bodies over 2 methods, judged by the types of its own libraries and its limits',
    '      3  chat.postMessage',
    '      1  views.open',
    'Discord: 4 bodies over 1 routes, judged by its own description of its API and its limits',
    '      4  POST /channels/:id/messages',
    "Manifest: judged by Slack's own schema and by what that leaves out",
    'Private stays private: 8 bodies, 5 of them for a whole channel, 1 violations',
  ]);
});

test('a run without the schemas says what it left out, and why', () => {
  const lines = verdict(tallies, false).join('\n');

  expect(lines).toContain('Discord: 4 bodies over 1 routes, judged by its limits alone');
  expect(lines).toContain(
    "Skipped: Discord's description and the manifest's schema, since ../shared/specs is not here",
  );
});
