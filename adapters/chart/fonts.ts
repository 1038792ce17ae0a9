import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const fontFamily = 'Inter';

/** The bundled fonts. tsc copies no fonts into `dist`, so they are looked for from the package's root upwards. */
export function fontFiles(from: string = import.meta.dirname): string[] {
  const folder = join(packageRoot(from), 'adapters', 'chart', 'fonts');
  return ['Inter-Regular.ttf', 'Inter-SemiBold.ttf'].map((name) => join(folder, name));
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package root with the chart fonts was not found');
  return packageRoot(parent);
}
