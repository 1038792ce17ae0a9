/** Discord's own numbers, as its documentation gives them. */
export const limits = {
  /** Plain content of a message, where no components are used. */
  content: 2000,
  /** All texts of a message of components together. */
  text: 4000,
  /** Components of a message, nested ones counted. */
  components: 40,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  linkUrl: 2048,
  altText: 1024,
  files: 10,
  /** Bytes of all files of one message, on a server without boosts. */
  fileBytes: 10 * 1024 * 1024,
  nonce: 25,
  threadName: 100,
  modalTitle: 45,
  modalParts: 5,
  fieldLabel: 45,
  fieldDescription: 100,
  placeholder: 100,
  fieldValue: 4000,
  selectOptions: 25,
  commandName: 32,
  commandDescription: 100,
  commandOptions: 25,
  commandCharacters: 8000,
  choices: 25,
  choiceText: 100,
  optionText: 6000,
  historyPage: 100,
} as const;

/** Times in milliseconds. */
export const deadlines = {
  /** Discord waits 3 s for the first answer; what is not ready by then is answered with "thinking". */
  prepare: 1500,
  /** In a direct message, Discord is asked first whether the person is a member of the server. */
  membership: 1000,
  /** An interaction's token works for 15 minutes; a minute is kept for what is on its way. */
  answer: 14 * 60_000,
  request: 15_000,
  /** Fetching what somebody attached. */
  file: 10_000,
  /** Checking a signature beside the main thread; then it is checked there. */
  verify: 100,
  /** How far the time of a signed request may be off. */
  signature: 5 * 60_000,
} as const;

/** What a card may take of a message; ours, so that people can read it. */
export const drawing = {
  title: 250,
  label: 120,
  value: 700,
  step: 500,
  cell: 40,
  /** Columns of a table drawn in fixed width; a wider one becomes a list. */
  tableWidth: 64,
  /** Blocks of one card; the rest is named as left out. */
  blocks: 30,
} as const;
