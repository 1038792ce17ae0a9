/** One value axis: equal steps from `min` to `max`. */
export interface Axis {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const steps = 5;
const roundSteps = [1, 2, 2.5, 5, 10];

/** Two axes whose zero lies at the same height, so that a negative line dips below the bars' foot. */
export function alignedAxes(
  bars: readonly (number | null)[],
  line: readonly (number | null)[],
): { readonly bars: Axis; readonly line: Axis } {
  const below = Math.max(depthShare(bars), depthShare(line));
  const stepsBelow = below === 0 ? 0 : Math.min(steps - 1, Math.max(1, Math.round(below * steps)));
  const stepsAbove = steps - stepsBelow;
  return {
    bars: axis(bars, stepsBelow, stepsAbove, 1),
    line: axis(line, stepsBelow, stepsAbove, 0),
  };
}

function reach(values: readonly (number | null)[]): { above: number; below: number } {
  const known = values.filter((value) => value !== null);
  return { above: Math.max(0, ...known), below: Math.max(0, ...known.map((value) => -value)) };
}

function depthShare(values: readonly (number | null)[]): number {
  const { above, below } = reach(values);
  return below === 0 ? 0 : below / (above + below);
}

function axis(
  values: readonly (number | null)[],
  stepsBelow: number,
  stepsAbove: number,
  smallestStep: number,
): Axis {
  const { above, below } = reach(values);
  const needed = Math.max(above / stepsAbove, stepsBelow === 0 ? 0 : below / stepsBelow);
  const step = Math.max(smallestStep, roundUp(needed));
  return { min: -stepsBelow * step, max: stepsAbove * step, step };
}

function roundUp(needed: number): number {
  if (needed <= 0) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(needed));
  const factor = roundSteps.find((candidate) => candidate * magnitude >= needed * 0.9999) ?? 10;
  return factor * magnitude;
}

/** `950`, `12.5k`, `3M`: short enough for an axis. */
export function axisLabel(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size >= 1e9) return `${sign}${short(size / 1e9)}B`;
  if (size >= 1e6) return `${sign}${short(size / 1e6)}M`;
  if (size >= 1e4) return `${sign}${short(size / 1e3)}k`;
  return `${sign}${short(size)}`;
}

function short(size: number): string {
  return String(Number(size.toPrecision(3)));
}
