import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { keysOf } from '../../../src/store/keys.ts';
import { forget } from '../../support/store-of.ts';
import { documentedAnswers } from './answers.ts';
import { expectNothingLeaked } from './clear.ts';
import { startWalk, type Walk } from './walk-world.ts';

/** A walk for one file. Each row begins with nothing remembered from Fleet, and with no pause. */
export function walkOfFile(rows: number): () => Walk {
  let walk: Walk;
  beforeAll(async () => {
    walk = await startWalk({ rows });
  });
  afterEach(async () => {
    walk.world.fleet.faults.clear();
    const { cache, cacheLoad, fact, budgetPause, pause, lease } = keysOf(walk.world.workspaceId as WorkspaceId);
    await forget(walk.world, [cache(''), cacheLoad(''), fact(''), lease('search-groups'), budgetPause, pause]);
  });
  afterAll(async () => {
    expectNothingLeaked(walk.world);
    expect(walk.world.fleet.carts()).toEqual([]);
    await walk.world.close();
  });

  return () => walk;
}

const pausing = ['COMPANY_NOT_FOUND', 'INSUFFICIENT_SCOPE'];
export const codesOf = (operation: FleetOperation) =>
  documentedAnswers(operation).filter(({ name }) => !pausing.includes(name));
