import { people } from '../acme.ts';
import type { Roles } from './first-steps.ts';

/** Who can be played in the demo, and the role of each. */
export const parts: Readonly<Record<string, { readonly part: string }>> = {
  [people.anna]: { part: 'Employee' },
  [people.ben]: { part: 'Employee' },
  [people.eva]: { part: 'Employee' },
  [people.clara]: { part: 'Manager' },
  [people.dan]: { part: 'Admin' },
  [people.guest]: { part: 'Guest' },
};

export const firstRoles: Roles = { requester: people.anna, approver: people.clara, otherApprover: people.dan };
