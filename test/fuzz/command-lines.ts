import fc from 'fast-check';
import { commands } from '../../commands/index.js';
import { parseLine } from '../../src/command-line.js';
import { fieldsOf } from '../../src/options.js';
import { mutate } from './mutate.js';
import { randomSource } from './random-source.js';

const token = 'Qw7xPlanted9Zk4Lm2Vt8Rb';
const bases = commands.flatMap((command) => [
  ...command.examples,
  `/${command.name} https://a.example.test/x?token=${token}&b=1 name:"Lucky Star" channel:#casino`,
  `/${command.name} ${token} ${token}:${token}`,
]);

/** Any mutated line is understood or refused, in time, without repeating a token. */
export function fuzzMutatedLines(runs: number, seed: number): number {
  const seeds = fc.noShrink(fc.integer({ min: 1, max: 0x7fffffff }));
  const property = fc.property(seeds, (one) => {
    const random = randomSource(one);
    const line = mutate(random.pick(bases), random);
    const start = performance.now();
    const parsed = parseLine(line, commands);
    if (performance.now() - start > 1000) throw new Error(`seed ${one}: slow\n${line}`);
    if (parsed.kind === 'problem' && JSON.stringify(parsed.problem).includes(token)) {
      throw new Error(`seed ${one}: says the token\n${line}\n${JSON.stringify(parsed.problem)}`);
    }
  });
  fc.assert(property, { numRuns: runs, seed });
  return runs;
}

/** Options that are written with quotes come back as they were. */
export function fuzzWrittenOptions(runs: number, seed: number): number {
  const value = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((text) => /^[^"“”„‟«»\\\p{C}\s]+( [^"“”„‟«»\\\p{C}\s]+)*$/u.test(text));
  const written = fc.constantFrom(...commands).chain((command) => {
    const fields = fieldsOf(command.options).filter(({ field }) => field !== 'flag');
    return fc.record({
      command: fc.constant(command),
      options: fc.dictionary(fc.constantFrom('none', ...fields.map(({ name }) => name)), value),
    });
  });
  const property = fc.property(written, ({ command, options }) => {
    const given = Object.entries(options).filter(([name]) => name !== 'none');
    const line = `/${command.name} ${given.map(([name, text]) => `${name}:"${text}"`).join(' ')}`;
    const parsed = parseLine(line, commands);
    if (given.length === 0) return;
    if (parsed.kind !== 'command') throw new Error(`not understood: ${line}`);
    for (const [name, text] of given) {
      if (parsed.options[name] !== text) throw new Error(`${name} became ${parsed.options[name]}: ${line}`);
    }
  });
  fc.assert(property, { numRuns: runs, seed });
  return runs;
}
