import { z } from 'zod';
import type { SweepMark } from '../../domain/tracking/sweep.ts';
import { createCodec } from './codec.ts';

const place = z.int().nonnegative().catch(0);

export const sweepMarkCodec = createCodec<SweepMark>({
  version: 1,
  schema: z.looseObject({ listFrom: place, askedCart: place, askedMoving: place, askedResting: place }),
});
