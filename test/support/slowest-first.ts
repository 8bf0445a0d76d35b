import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest starts first, so that no single worker finishes late: whole processes, then files that start the app. */
const slowest = [
  'sandbox/test/demo/process',
  'test/acceptance/',
  'test/handlers/walk/',
  'test/handlers/',
  'test/failures/',
  'test/services/',
];

export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((one, other) => rank(one) - rank(other));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const at = slowest.findIndex((folder) => moduleId.includes(folder));
  return at === -1 ? slowest.length : at;
}
