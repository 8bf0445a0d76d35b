import type { Core } from '../core.ts';
import { isObj, type Obj, obj } from '../json.ts';
import { judgeMessage, judgeView } from '../judge/judge.ts';
import { Refusal } from '../refusal.ts';
import type { Methods } from './method.ts';

export const validateMethods: Methods = {
  'blocks.validate': { scopes: [], args: ['blocks', 'message', 'view'], perMinute: 100, answer: validate },
};

function validate(core: Core, args: Obj): Obj {
  const findings = isObj(args.view)
    ? judgeView(core, args.view, obj(args.view).type === 'home' ? 'home' : 'modal')
    : judgeMessage(core, isObj(args.message) ? args.message : { blocks: args.blocks });
  if (findings.length === 0) return {};
  const errors = findings.map(({ code, message }) => ({ code, message, pointer: pointerOf(message) }));
  throw new Refusal(
    'invalid_blocks',
    findings.map((finding) => finding.message),
    errors,
  );
}

function pointerOf(message: string): string {
  return /\[json-pointer:(.*)\]$/.exec(message)?.[1] ?? '';
}
