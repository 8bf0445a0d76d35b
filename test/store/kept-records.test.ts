import { expect, it } from 'vitest';
import { z } from 'zod';
import { createKeptCodec } from '../../src/store/codec.ts';
import { aStore } from './support/a-store.ts';
import { aProfile } from './support/records.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

function counting() {
  let parsed = 0;
  const Record = z.object({ name: z.string(), rows: z.array(z.object({ id: z.int() })) }).refine(() => {
    parsed += 1;
    return true;
  });
  return { codec: createKeptCodec(Record), parsed: () => parsed };
}

const record = (name: string) => ({ name, rows: [{ id: 1 }] });

it('decodes the same text once', () => {
  const { codec, parsed } = counting();
  const text = codec.encode(record('one'));

  expect(codec.decode(text)).toEqual(record('one'));
  expect(codec.decode(text)).toBe(codec.decode(text));
  expect(codec.decode(codec.encode(record('other')))).toEqual(record('other'));

  expect(parsed()).toBe(2);
});

it('lets nobody change what others will read', () => {
  const { codec } = counting();

  const read = codec.decode(codec.encode(record('one')));

  expect(() => Object.assign(read?.rows[0] ?? {}, { id: 2 })).toThrow(TypeError);
});

it('keeps a hundred of them, and none that is long', () => {
  const { codec, parsed } = counting();
  const texts = Array.from({ length: 101 }, (_, at) => codec.encode(record(`${at}`)));
  for (const text of texts) codec.decode(text);
  codec.decode(texts.at(-1) ?? '');
  codec.decode(texts[0] ?? '');
  expect(parsed()).toBe(102);

  const long = codec.encode(record('x'.repeat(20_000)));
  codec.decode(long);
  codec.decode(long);
  expect(parsed()).toBe(104);
});

it('keeps nothing that is sealed at rest', async () => {
  const { store, workspaceId } = aStore(redis);
  const sealed = aProfile({ slackTeamId: workspaceId });
  await store.putProfile(sealed);

  const profile = await store.profile(sealed.slackUserId);

  expect(profile).toEqual(sealed);
  expect(await store.profile(sealed.slackUserId)).not.toBe(profile);
});

it('decodes what it cannot read again each time, so that it is reported each time', () => {
  const { codec } = counting();

  expect([codec.decode('{'), codec.decode('{'), codec.decode('{"name":1}')]).toEqual([null, null, null]);
});
