/** One fault in a payload, in Slack's words: `must be less than 151 characters [json-pointer:/view/blocks/0/label]`. */
export interface Finding {
  code: string;
  message: string;
}

export function finding(code: string, words: string, pointer: string): Finding {
  return { code, message: `[ERROR] ${words} [json-pointer:${pointer}]` };
}
