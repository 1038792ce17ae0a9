import type { Tally } from './tally.js';

/** What was judged in a run, to read at its end. */
export function verdict(tallies: readonly Tally[], hasSpecs: boolean): string[] {
  const counts = new Map<string, number>();
  for (const [name, count] of tallies.flatMap(({ bodies }) => Object.entries(bodies))) {
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const sumOf = (field: 'public' | 'leaks') => tallies.reduce((sum, tally) => sum + tally[field], 0);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    '',
    ...surfaceLines('slack', counts, 'methods', 'by the types of its own libraries and its limits'),
    ...surfaceLines(
      'discord',
      counts,
      'routes',
      hasSpecs ? 'by its own description of its API and its limits' : 'by its limits alone',
    ),
    hasSpecs
      ? "Manifest: judged by Slack's own schema and by what that leaves out"
      : "Skipped: Discord's description and the manifest's schema, since ../shared/specs is not here",
    `Private stays private: ${all} bodies, ${sumOf('public')} of them for a whole channel, ${sumOf('leaks')} violations`,
  ];
}

function surfaceLines(
  surface: 'slack' | 'discord',
  counts: ReadonlyMap<string, number>,
  places: string,
  by: string,
): string[] {
  const own = [...counts].filter(([name]) => name.startsWith(`${surface} `));
  const sum = own.reduce((total, [, count]) => total + count, 0);
  const name = surface === 'slack' ? 'Slack' : 'Discord';
  return [
    `${name}: ${sum} bodies over ${own.length} ${places}, judged ${by}`,
    ...own
      .sort(([, a], [, b]) => b - a)
      .map(([endpoint, count]) => `${String(count).padStart(7)}  ${endpoint.slice(surface.length + 1)}`),
  ];
}
