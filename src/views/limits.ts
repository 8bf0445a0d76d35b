/**
 * Slack's numbers, in one place. Characters are counted as UTF-16 units: Slack does not publish its own unit, and this
 * one never counts fewer. Sources: the JSDoc of @slack/types 3.2.0 and docs.slack.dev, unless a line says otherwise.
 */
export const limits = {
  // Messages: docs.slack.dev/reference/methods/chat.postMessage and chat.update
  messageBlocks: 50,
  /** chat.update refuses more (`msg_too_long`); chat.postMessage recommends the same. */
  messageText: 4_000,
  /** Undocumented: `msg_blocks_too_long` at about 13,200 characters of block text (slackapi/bolt-js#2509). */
  messageCharacters: 13_000,

  // Views: docs.slack.dev/reference/views
  viewBlocks: 100,
  /** Modal title, submit and close. */
  viewTitle: 24,
  privateMetadata: 3_000,
  /**
   * `view_too_large` above 250 KB. Ours stay well below: each interaction brings the view back percent-encoded, up to
   * three times as long, and must fit into what the server reads of a request (`BODY_LIMIT`).
   */
  viewBytes: 80_000,

  // Blocks: docs.slack.dev/reference/block-kit/blocks
  sectionText: 3_000,
  sectionFields: 10,
  sectionField: 2_000,
  header: 150,
  contextElements: 10,
  actionsElements: 25,
  inputLabel: 2_000,
  inputHint: 2_000,
  alertText: 200,
  imageTitle: 2_000,
  altText: 2_000,
  url: 3_000,
  /** `block_id`, `action_id`, `callback_id`. */
  id: 255,

  // Elements and composition objects: docs.slack.dev/reference/block-kit
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  options: 100,
  optionGroups: 100,
  optionText: 75,
  /** The JSDoc of @slack/types still says 75; docs.slack.dev says 150. */
  optionValue: 150,
  optionDescription: 75,
  overflowOptions: 5,
  /** Radio buttons and checkboxes. */
  choiceOptions: 10,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputCharacters: 3_000,
} as const;
