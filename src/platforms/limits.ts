/** More rows than this are not read (`probe.too-large`). */
export const mostRows = 200_000;

/** Warnings kept for one page; the rest would only repeat them. */
export const mostWarnings = 100;
