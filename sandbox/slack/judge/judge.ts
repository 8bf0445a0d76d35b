import type { Core } from '../core.ts';
import type { Obj } from '../json.ts';

export interface Finding {
  code: string;
  message: string;
}

export function judgeView(_core: Core, _view: unknown, _kind: 'modal' | 'home'): Finding[] {
  return [];
}

export function judgeMessage(_core: Core, _message: Obj): Finding[] {
  return [];
}

export function judgeOptions(_answer: unknown): Finding[] {
  return [];
}
