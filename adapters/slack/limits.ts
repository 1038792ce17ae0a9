/**
 * What Slack takes at most (docs.slack.dev, Block Kit and Web API; `messageCharacters` is undocumented, found by others
 * near 13,200). Characters unless said otherwise. What is cut says so.
 */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** Over all blocks of a message, as JSON: Slack counts more than the texts, so the whole is kept below. */
  messageCharacters: 12_400,
  /** Of those, for buttons when something has to go. */
  actionsCharacters: 4_000,
  viewCharacters: 60_000,
  header: 150,
  text: 3_000,
  fallbackText: 3_000,
  plainText: 2_000,
  altText: 2_000,
  buttonLabel: 75,
  buttonId: 255,
  buttons: 25,
  /** Ours: what stands side by side. */
  buttonsInRow: 5,
  longTitle: 600,
  url: 3_000,
  tableRows: 100,
  tableColumns: 20,
  /** One table as JSON, so that the rest of the message has room. */
  tableCharacters: 6_500,
  cell: 200,
  listItems: 40,
  listItem: 500,
  facts: 40,
  label: 200,
  modalTitle: 24,
  modalButton: 24,
  fieldLabel: 2_000,
  fieldHint: 2_000,
  /** Ours: what stands beside a field in red. */
  formError: 300,
  placeholder: 150,
  privateMetadata: 3_000,
  optionText: 75,
  optionValue: 150,
  selectOptions: 100,
  inputText: 3_000,
  /** Uses and life of a `response_url`. */
  responses: 5,
  responseLifeMs: 30 * 60_000,
  /** Answers of a signed request that is older, or newer, are nobody's. */
  signatureSkewMs: 5 * 60_000,
  requestBytes: 1_000_000,
  /** Ours: a form says what is wrong beside its field only while Slack waits, for three seconds. */
  formPatienceMs: 1_500,
  /** Slack takes about one post a second in a channel. */
  postEveryMs: 1_000,
} as const;
