import type { User } from '../model.ts';
import type { UserRole } from '../vocabulary.ts';

type Person = {
  readonly id: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly email?: string | null;
  readonly secondary?: string;
  readonly role?: UserRole;
  readonly team?: string;
  readonly language?: string;
};

function aUser(person: Person): User {
  return {
    ...{ id: person.id, email: person.email ?? null, secondary_email: person.secondary ?? null },
    ...{ first_name: person.first, last_name: person.last, phone: `+33 6 99 00 ${person.id}`, phone_country: 'FR' },
    ...{ language: person.language ?? 'en', position: null, role: person.role ?? 'EMPLOYEE' },
    ...{
      arrival_date: '2024-03-01',
      departure_date: null,
      date_of_birth: null,
      city_of_birth: null,
      country_of_birth: null,
    },
    teams: person.team ? [{ id: 1 + (person.team.length % 7), label: person.team }] : [],
  };
}

const known: readonly Person[] = [
  { id: 11, first: 'Anna', last: 'Keller', email: 'anna.keller@acme.test', team: 'Design', language: 'de' },
  { id: 12, first: 'Ben', last: 'Martin', email: 'ben.martin@acme.test', team: 'Engineering', language: 'fr' },
  { id: 13, first: 'Eva', last: 'Lind', email: 'eva.lind@acme.test', team: 'Sales' },
  {
    id: 21,
    first: 'Clara',
    last: 'Rossi',
    email: 'clara.rossi@acme.test',
    role: 'ADMIN',
    team: 'Management',
    language: 'it',
  },
  { id: 22, first: 'Dan', last: "O'Neil", email: 'dan.oneil@acme.test', role: 'ADMIN', team: 'IT' },
  { id: 31, first: 'Temp', last: 'Guest' },
  { id: 32, first: null, last: null, email: 'no.name@acme.test' },
  { id: 33, first: '<!channel> *Max*', last: '`Power` & <https://evil.test|Approve>', email: 'max.power@acme.test' },
  { id: 34, first: null, last: 'Onlylast', email: 'only.last@acme.test' },
  { id: 35, first: 'Sam', last: 'Shared', email: 'sam.shared@acme.test', secondary: 'front.desk@acme.test' },
  { id: 36, first: 'Sue', last: 'Shared', email: 'sue.shared@acme.test', secondary: 'front.desk@acme.test' },
  { id: 37, first: 'Pat', last: 'Moor', email: 'pat.moor@acme.test' },
  { id: 38, first: 'Patricia', last: 'Moor', email: 'patricia.moor@acme.test', secondary: 'pat.moor@acme.test' },
  { id: 39, first: 'נועה', last: 'כהן', email: 'noa.cohen@acme.test' },
  { id: 40, first: 'Maximiliana'.repeat(8), last: 'von und zu '.repeat(7).trim(), email: 'max.long@acme.test' },
  { id: 41, first: 'Greta', last: 'Big', email: 'Greta.BIG@Acme.Test' },
  { id: 42, first: 'Anna', last: 'Keller', email: 'anna.keller2@acme.test' },
  { id: 43, first: 'Old', last: 'Alias', email: 'old.alias@other.test', secondary: 'new.alias@acme.test' },
  { id: 44, first: 'Twin', last: 'One', email: 'twin@acme.test' },
  { id: 45, first: 'Twin', last: 'Two', email: 'TWIN@acme.test' },
];

/** The known people, then `Person 0101 …` up to the requested number. */
export function aStaff(count: number): User[] {
  const others = Array.from({ length: Math.max(0, count - known.length) }, (_, index) => {
    const id = 101 + index;
    return aUser({ id, first: `Person${id}`, last: `Staff${id}`, email: `person.${id}@acme.test`, team: 'Staff' });
  });
  return [...known.map(aUser), ...others];
}
