import type { HomeView, KnownBlock, MessageAttachment, ModalView, Option, OptionGroup } from '@slack/types';

/** The types `generate-schema.ts` starts from: the views and messages of @slack/types, with known blocks only. */
export interface StrictModalView extends Omit<ModalView, 'blocks'> {
  blocks: KnownBlock[];
}
export interface StrictHomeView extends Omit<HomeView, 'blocks'> {
  blocks: KnownBlock[];
}
export interface StrictMessage {
  text?: string;
  blocks?: KnownBlock[];
  attachments?: MessageAttachment[];
}
export interface OptionsAnswer {
  options: Option[];
}
export interface OptionGroupsAnswer {
  option_groups: OptionGroup[];
}
export interface Roots {
  modal: StrictModalView;
  home: StrictHomeView;
  message: StrictMessage;
  options: OptionsAnswer;
  optionGroups: OptionGroupsAnswer;
}
