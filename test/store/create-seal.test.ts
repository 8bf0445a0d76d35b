import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealPurpose } from '../../src/store/seal.ts';
import { createSeal } from '../../src/store/seal.ts';

const key = (id: string) => ({ id, key: randomBytes(32) });
const [first, second] = [key('k1'), key('k2')];
const seal = createSeal([first]);
const purposes: readonly SealPurpose[] = ['card', 'modal', 'at_rest'];

/** A text and the same with one character put in, taken out or replaced. */
const changed = (text: string) =>
  fc.tuple(fc.nat(text.length - 1), fc.constantFrom('A', 'b', '0', '-', '_', '.', 'é', '')).map(([at, by]) => {
    const other = text[at] === by ? `${by}${by}` : by;
    return `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
  });

describe('signing', () => {
  it('gives back what was signed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...purposes), (text, purpose) => {
        expect(seal.open(purpose, seal.sign(purpose, text))).toBe(text);
      }),
    );
  });

  it('is readable, and short enough for a button', () => {
    expect(seal.sign('card', '{"a":1}')).toMatch(/^v1\.k1\.[\w-]{22}\.\{"a":1\}$/);
  });

  it('notices every change', () => {
    const signed = seal.sign('card', '{"order":42}');
    fc.assert(
      fc.property(changed(signed), (other) => {
        expect(seal.open('card', other)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', 'v1', 'v1.k1.x.text', 'v2.k1.AAAAAAAAAAAAAAAAAAAAAA.text', '{"order":42}'])('refuses %s', (text) => {
    expect(seal.open('card', text)).toBeNull();
  });

  it('is worth nothing for another purpose', () => {
    for (const [purpose, other] of [
      ['card', 'modal'],
      ['modal', 'at_rest'],
      ['at_rest', 'card'],
    ] as const) {
      expect(seal.open(other, seal.sign(purpose, 'text'))).toBeNull();
    }
  });

  it('is worth nothing under a key that is not ours, whatever it calls itself', () => {
    const strangers = createSeal([key('k1')]).sign('card', 'text');
    expect(seal.open('card', strangers)).toBeNull();
    expect(seal.open('card', createSeal([second]).sign('card', 'text'))).toBeNull();
  });

  it('by an older key holds until that key is gone', () => {
    const before = createSeal([first]).sign('card', 'text');
    const rotated = createSeal([second, first]);

    expect(rotated.open('card', before)).toBe('text');
    expect(rotated.sign('card', 'text')).toMatch(/^v1\.k2\./);
    expect(createSeal([second]).open('card', before)).toBeNull();
  });
});

describe('encryption', () => {
  it('gives back what was encrypted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, context) => {
        expect(seal.decrypt(context, seal.encrypt(context, text))).toBe(text);
      }),
    );
  });

  it('notices every change', () => {
    const sealed = seal.encrypt('profile', 'Hauptstraße 1');
    fc.assert(
      fc.property(changed(sealed), (other) => {
        expect(seal.decrypt('profile', other)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', 'v1.k1.', 'v1.k1.AAAA', 'v1.k9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'plain'])(
    'refuses %s',
    (text) => {
      expect(seal.decrypt('profile', text)).toBeNull();
    },
  );

  it('holds for its context only', () => {
    expect(seal.decrypt('profile:U2', seal.encrypt('profile:U1', 'text'))).toBeNull();
  });

  it('never looks the same twice, and shows nothing', () => {
    const [one, two] = [seal.encrypt('c', 'secret'), seal.encrypt('c', 'secret')];
    expect(one).not.toBe(two);
    expect(Buffer.from(one.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('secret');
  });

  it('by an older key is read until that key is gone', () => {
    const before = createSeal([first]).encrypt('c', 'text');
    const rotated = createSeal([second, first]);

    expect(rotated.decrypt('c', before)).toBe('text');
    expect(rotated.encrypt('c', 'text')).toMatch(/^v1\.k2\./);
    expect(createSeal([second]).decrypt('c', before)).toBeNull();
  });
});

describe('blind hashes', () => {
  it('are the same for the same text, and for nothing else', () => {
    const again = createSeal([first]);
    expect(again.blind('email', 'a@b.c')).toBe(seal.blind('email', 'a@b.c'));
    const others = [
      seal.blind('email', 'a@b.d'),
      seal.blind('name', 'a@b.c'),
      createSeal([second]).blind('email', 'a@b.c'),
    ];
    expect(others).not.toContain(seal.blind('email', 'a@b.c'));
    expect(seal.blind('a', 'bc')).not.toBe(seal.blind('ab', 'c'));
  });

  it('are found under every key after a new first one', () => {
    const rotated = createSeal([second, first]);

    expect(rotated.blinds('email', 'a@b.c')).toEqual([rotated.blind('email', 'a@b.c'), seal.blind('email', 'a@b.c')]);
    expect(rotated.blind('email', 'a@b.c')).not.toBe(seal.blind('email', 'a@b.c'));
  });
});

describe('a seal', () => {
  it('digests as SHA-256 does', () => {
    expect(seal.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('needs a key', () => {
    expect(() => createSeal([])).toThrow(RangeError);
  });
});
