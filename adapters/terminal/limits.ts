/** What the terminal shows at most; what is cut says so. */
export const limits = {
  /** Columns of a line, also in a wider window: figures are read best in one narrow block. */
  width: 80,
  narrowest: 40,
  tableRows: 40,
  /** A column of text is not shrunk below this. */
  textColumn: 8,
  /** Characters of one text, and of one cell or label. */
  text: 8_000,
  label: 300,
  historyLines: 200,
} as const;
