import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isObj, list, type Obj, obj, parseJson, str } from '../json.ts';
import type { Node } from './walk.ts';

const schema = obj(parseJson(readFileSync(new URL('../block-kit.generated.json', import.meta.url), 'utf8')));
// The schema is generated and used once a process: compiling it twice as fast is worth more than faster checks.
const ajv = new Ajv({
  strict: false,
  allErrors: false,
  validateSchema: false,
  inlineRefs: false,
  code: { optimize: false },
});
ajv.addSchema({ ...schema, $id: 'block-kit' });

const frames = new Set(['modal', 'home', 'message']);
/** The definition for each `type`; `image` exists as a block and as an element. */
const definitionOf = new Map<string, string>();
for (const [name, definition] of Object.entries(obj(schema.definitions))) {
  const type = str(obj(obj(obj(definition).properties).type).const);
  if (type !== undefined && !frames.has(type)) definitionOf.set(type, name);
}

function validator(definition: string): ValidateFunction {
  const found = ajv.getSchema(`block-kit#/definitions/${definition}`);
  if (found === undefined) throw new Error(`the schema has no ${definition}`);
  return found;
}

// Compiling blocks the process for a second or more on a busy machine: at start, not while the app waits for `views.open`.
validator('StrictModalView');

export interface StructureFault {
  pointer: string;
  words: string;
}

/** Checks a value against one definition of the generated schema. */
export function faultsAgainst(definition: string, value: unknown, pointer: string): StructureFault[] {
  const validate = validator(definition);
  if (validate(value)) return [];
  const [error] = [...(validate.errors ?? [])].sort((a, b) => rank(a) - rank(b));
  return error === undefined ? [] : [{ pointer: `${pointer}${error.instancePath}`, words: wordsFor(error) }];
}

/** The most specific fault first; "matches none of these" is the least specific. */
function rank(error: ErrorObject): number {
  const order = ['additionalProperties', 'required', 'enum', 'type', 'const', 'anyOf'];
  return order.indexOf(error.keyword) - error.instancePath.length / 100;
}

function wordsFor({ keyword, params, message }: ErrorObject): string {
  const detail: Obj = params;
  if (keyword === 'additionalProperties') return `invalid additional property: ${str(detail.additionalProperty) ?? ''}`;
  if (keyword === 'required') return `missing required field: ${str(detail.missingProperty) ?? ''}`;
  return message ?? keyword;
}

/** Faults of the blocks themselves. A fault inside an element is reported there and not again for its container. */
export function structureFaults(blocks: unknown, nodes: readonly Node[], pointer: string): StructureFault[] {
  if (!Array.isArray(blocks)) return [{ pointer, words: 'must be provided as an array' }];
  const strays = list(blocks).flatMap((block, index) =>
    isObj(block) ? [] : [{ pointer: `${pointer}/${index}`, words: 'must be an object' }],
  );
  const faults: StructureFault[] = [...strays];
  for (const node of [...nodes].reverse()) {
    if (faults.some((fault) => fault.pointer.startsWith(`${node.pointer}/`))) continue;
    faults.push(...nodeFaults(node));
  }
  return faults;
}

function nodeFaults({ name, kind, value, pointer }: Node): StructureFault[] {
  if (kind === 'part') return [];
  const definition = name === 'image' ? (kind === 'block' ? 'ImageBlock' : 'ImageElement') : definitionOf.get(name);
  if (definition === undefined) return [{ pointer: `${pointer}/type`, words: `unsupported type: ${name}` }];
  if (kind === 'block' && !definition.endsWith('Block'))
    return [{ pointer: `${pointer}/type`, words: `unsupported block type: ${name}` }];
  return faultsAgainst(definition, value, pointer);
}

/** The walk skips blocks without a type, so they are reported here. */
export function typelessFaults(blocks: unknown, pointer: string): StructureFault[] {
  return list(blocks).flatMap((block, index) =>
    isObj(block) && str(block.type) === undefined
      ? [{ pointer: `${pointer}/${index}`, words: 'missing required field: type' }]
      : [],
  );
}
