import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { InvalidEncryptionKeys, parseEncryptionKeys } from '../../src/store/key-ring.ts';

const [one, two] = [randomBytes(32), randomBytes(32)];
const text = one.toString('base64');

describe('ENCRYPTION_KEYS', () => {
  it('are read in their order, also with spaces and as base64url', () => {
    expect(parseEncryptionKeys(`new:${text}, old_1:${two.toString('base64url')}`)).toEqual([
      { id: 'new', key: one },
      { id: 'old_1', key: two },
    ]);
  });

  it.each([
    ['', 'entry 1 is not id:base64key'],
    [text, 'entry 1 is not id:base64key'],
    [`:${text}`, 'entry 1 has an id'],
    [`a.b:${text}`, 'entry 1 has an id'],
    [`a:${text},`, 'entry 2 is not id:base64key'],
    [`a:${randomBytes(16).toString('base64')}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${randomBytes(33).toString('base64')}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${text.slice(0, 20)}!!${text.slice(20)}`, 'entry 1 has a key that is not 32 bytes'],
    [`a:${text},a:${text}`, 'entry 2 repeats the id'],
  ])('are refused by place: case %#', (given, fault) => {
    expect(() => parseEncryptionKeys(given)).toThrow(fault);
  });

  it('name every fault at once and show no value', () => {
    let thrown: unknown;
    try {
      parseEncryptionKeys('hunter2,bad id:hunter3,a:hunter4');
    } catch (error) {
      thrown = error;
    }

    expect(thrown).toBeInstanceOf(InvalidEncryptionKeys);
    expect(thrown).toMatchObject({ faults: { length: 3 } });
    expect(`${thrown} ${JSON.stringify(thrown)}`).not.toMatch(/hunter|bad id/);
  });
});
