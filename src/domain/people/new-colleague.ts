import { z } from 'zod';
import type { DeepReadonly } from '../vocabulary.ts';

const MAX_NAME = 100;
const name = z.string().trim().min(1).max(MAX_NAME);

/** What **New colleague** asks for. */
export const NewColleague = z.object({
  firstName: name,
  lastName: name,
  email: z.string().trim().max(254).pipe(z.email()),
  /** `YYYY-MM-DD` */
  startDate: z.iso.date().optional(),
});
export type NewColleague = DeepReadonly<z.infer<typeof NewColleague>>;
