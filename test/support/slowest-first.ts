import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that start the whole app come first: one of them at the end would keep a single worker busy. */
const slowest = ['test/handlers/walk/', 'test/handlers/', 'test/acceptance/', 'test/failures/', 'test/services/'];

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
