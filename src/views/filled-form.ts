/** The part of Slack's view payload that holds what was filled in: by block_id, then by action_id. */
export interface FilledForm {
  readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, FilledElement>>>> };
}

export interface FilledElement {
  readonly value?: string | null | undefined;
  readonly selected_option?: { readonly value: string; readonly text: { readonly text: string } } | null | undefined;
}
