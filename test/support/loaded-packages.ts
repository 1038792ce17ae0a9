/** What a child process is started with (`--import`) so that it names each module that it loads, on standard error. */
const hooks = `
  import * as nodeModule from 'node:module';
  import { writeSync } from 'node:fs';
  const told = (url) => {
    // A full pipe refuses until the other side has read on.
    for (;;) {
      try {
        return writeSync(2, 'LOADED ' + url + '\\n');
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
    }
  };
  if (nodeModule.registerHooks) {
    nodeModule.registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        told(found.url);
        return found;
      },
    });
  } else {
    const source = [
      'import { writeSync } from "node:fs";',
      'export async function resolve(specifier, context, next) {',
      '  const found = await next(specifier, context);',
      '  writeSync(2, "LOADED " + found.url + "\\\\n");',
      '  return found;',
      '}',
    ];
    nodeModule.register('data:text/javascript,' + encodeURIComponent(source.join('\\n')));
  }
`;

export const tellLoadedModules = `data:text/javascript,${encodeURIComponent(hooks)}`;

/** The packages among the modules that such a process named, each once. */
export function loadedPackages(errorOutput: string): readonly string[] {
  const names = errorOutput.matchAll(/^LOADED .*\/node_modules\/((?:@[^/]+\/)?[^/\n]+)/gm);
  return [...new Set([...names].map((match) => match[1] ?? ''))].sort();
}
