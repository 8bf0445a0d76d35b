type RedisType = 'hash' | 'set' | 'zset' | 'stream' | 'string';

/** Where a key stands in the script's KEYS, from 1. */
type KeyIndex = number;

/** What `commit-script.ts` is told: every key declared, with the type it must have if it is there. */
export class CommitPlan {
  readonly keys: string[] = [];
  private readonly types: RedisType[] = [];
  private once = 0;
  private readonly compares: { key: KeyIndex; was: string }[] = [];
  private readonly moves: { record: KeyIndex; field: string; index: KeyIndex; to: string }[] = [];
  private readonly newest: { key: KeyIndex; id: string; at: string }[] = [];
  private readonly writes: (string | KeyIndex)[][] = [];

  /** Nothing is written when this key is there. */
  unless(key: string): void {
    this.once = this.key(key, 'string');
  }

  /** Nothing is written unless the record has this revision; null: unless there is none. */
  compare(key: string, was: number | null): void {
    this.compares.push({ key: this.key(key, 'hash'), was: was === null ? '' : String(was) });
  }

  /** The record's one member in the index becomes `to`; null: it has none. The record remembers which, in `field`. */
  move(record: string, field: string, index: string, to: string | null): void {
    this.moves.push({ record: this.key(record, 'hash'), field, index: this.key(index, 'zset'), to: to ?? '' });
  }

  /** The key names the record that was created last. */
  keepNewest(key: string, id: string, at: number): void {
    this.newest.push({ key: this.key(key, 'hash'), id, at: String(at) });
  }

  write(command: string, type: RedisType, key: string, ...args: readonly (string | number)[]): void {
    // As text: Lua would turn large numbers into 1.7e+12.
    this.writes.push([command, this.key(key, type), ...args.map(String)]);
  }

  toJson(): string {
    const { types, once, compares, moves, newest, writes } = this;
    return JSON.stringify({ types, once, compares, moves, newest, writes });
  }

  private key(name: string, type: RedisType): KeyIndex {
    const known = this.keys.indexOf(name);
    if (known >= 0) return known + 1;
    this.types.push(type);
    return this.keys.push(name);
  }
}
