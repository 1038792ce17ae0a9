/** Why a row was left out, in a sentence each. */
export const rowWarnings = {
  total: () => 'It is a totals row.',
  outside: (day: string) => `Its day ${day} is outside the days asked for.`,
  repeated: (first: number) => `It repeats row ${first} cell by cell.`,
  undated: () => 'It names no day, so it belongs to several days.',
  nothing: () => 'It has no cells.',
  partSum: (first: number) => `It was added to row ${first}, and one of the two lacks a figure.`,
} as const;
