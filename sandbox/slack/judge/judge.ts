import type { Core } from '../core.ts';
import { isObj, list, type Obj, obj, objects, str } from '../json.ts';
import { limit } from '../limits.ts';
import { type Finding, finding } from './finding.ts';
import { limitFaults, nodeLimitFaults } from './limit-check.ts';
import { ruleFaults } from './rules.ts';
import { faultsAgainst, type StructureFault, structureFaults, typelessFaults } from './structure.ts';
import { type Surface, surfaceFaults } from './surfaces.ts';
import { type Node, nodesOf } from './walk.ts';
import { charactersOf, listFaults, markdownCharacters, tooManyTables } from './whole.ts';

export type { Finding } from './finding.ts';

/** What Slack would refuse in these blocks: shape first, then limits and rules. */
function blockFaults(blocks: unknown, pointer: string, surface: Surface): { faults: StructureFault[]; nodes: Node[] } {
  const nodes = nodesOf(blocks, pointer);
  const shape = [...typelessFaults(blocks, pointer), ...structureFaults(blocks, nodes, pointer)];
  if (shape.length > 0) return { faults: shape, nodes };
  const each = nodes.flatMap((node) => [
    ...surfaceFaults(node, surface),
    ...nodeLimitFaults(node),
    ...ruleFaults(node),
  ]);
  return { faults: [...each, ...listFaults(nodes)], nodes };
}

function told(code: string, faults: readonly StructureFault[]): Finding[] {
  const findings = faults.map(({ words, pointer }) => finding(code, words, pointer));
  return findings.filter((one, index) => findings.findIndex((other) => other.message === one.message) === index);
}

function unloadable(core: Pick<Core, 'faults'>, nodes: readonly Node[]): Finding[] {
  return nodes.flatMap(({ value, pointer }) => {
    const url = str(value.image_url);
    const isLoaded = url === undefined || core.faults.canLoadImage(url);
    return isLoaded ? [] : [finding('invalid_blocks', 'downloading image failed', `${pointer}/image_url`)];
  });
}

export function judgeView(core: Pick<Core, 'faults'>, view: unknown, kind: 'modal' | 'home'): Finding[] {
  if (!isObj(view)) return [finding('invalid_arguments', 'must be a view object', '/view')];
  const definition = kind === 'modal' ? 'StrictModalView' : 'StrictHomeView';
  const frame = faultsAgainst(definition, { ...view, blocks: [] }, '/view');
  if (view.blocks === undefined) frame.push({ pointer: '/view', words: 'missing required field: blocks' });
  const { faults, nodes } = blockFaults(view.blocks ?? [], '/view/blocks', kind);
  const findings = told('invalid_arguments', [...frame, ...limitFaults('view', view, '/view'), ...faults]);
  const hasInput = objects(view.blocks).some((block) => block.type === 'input');
  if (kind === 'modal' && hasInput && view.submit === undefined) {
    findings.push(finding('invalid_arguments', 'submit is required when there is an input block', '/view/submit'));
  }
  const bytes = limit('view.bytes');
  if (Buffer.byteLength(JSON.stringify(view)) > bytes.max)
    findings.push(finding(bytes.error, 'view too large', '/view'));
  return findings.length > 0 ? findings : unloadable(core, nodes);
}

/** Checks a message's text and blocks, however they are sent: chat.*, an acknowledgement, a response_url. */
export function judgeMessage(core: Pick<Core, 'faults'>, message: Obj): Finding[] {
  const { blocks = [], attachments = [] } = message;
  const { faults, nodes } = blockFaults(blocks, '/blocks', 'message');
  const findings = told('invalid_blocks', faults);
  findings.push(...told('invalid_blocks', limitFaults('message', { blocks, attachments }, '')));
  findings.push(...told('msg_too_long', limitFaults('message', { text: message.text }, '')));
  if (message.text !== undefined && typeof message.text !== 'string') {
    findings.push(finding('invalid_arguments', 'must be a string', '/text'));
  }
  for (const [index, attachment] of list(attachments).entries()) {
    findings.push(...judgeAttachment(obj(attachment), `/attachments/${index}`));
  }
  if (tooManyTables(objects(blocks)))
    findings.push(finding('invalid_blocks', limit('message.tables').error, '/blocks'));
  const total = limit('message.blocks.characters');
  if (charactersOf(blocks) > total.max)
    findings.push(finding(total.error, `more than ${total.max} characters in all`, '/blocks'));
  const markdown = limit('message.markdown.characters');
  if (markdownCharacters(blocks) > markdown.max) findings.push(finding(markdown.error, 'too much markdown', '/blocks'));
  return findings.length > 0 ? findings : unloadable(core, nodes);
}

function judgeAttachment(attachment: Obj, pointer: string): Finding[] {
  const { blocks = [], ...frame } = attachment;
  const { faults } = blockFaults(blocks, `${pointer}/blocks`, 'message');
  return told('invalid_attachments', [...faultsAgainst('MessageAttachment', frame, pointer), ...faults]);
}

/** Checks the answer to an option look-up: at most 100 options or groups, in plain text. */
export function judgeOptions(answer: unknown): Finding[] {
  if (!isObj(answer)) return [finding('invalid_options', 'must be an object with options or option_groups', '')];
  const { options, option_groups: groups } = answer;
  if ((options === undefined) === (groups === undefined)) {
    return [finding('invalid_options', 'needs either options or option_groups', '')];
  }
  const shape = faultsAgainst(options === undefined ? 'OptionGroupsAnswer' : 'OptionsAnswer', answer, '');
  if (shape.length > 0) return told('invalid_options', shape);
  const nodes =
    options === undefined
      ? nodesOf(groups, '/option_groups', 'option_groups')
      : nodesOf(options, '/options', 'options');
  const numbers = limitFaults('options_answer', answer, '');
  const each = nodes.flatMap((node) => [...nodeLimitFaults(node), ...ruleFaults(node), ...plainOption(node)]);
  return told('invalid_options', [...numbers, ...each]);
}

function plainOption({ name, value, pointer }: Node): StructureFault[] {
  const isRich = name === 'option' && obj(value.text).type !== 'plain_text';
  return isRich ? [{ pointer: `${pointer}/text`, words: 'must be plain_text' }] : [];
}
