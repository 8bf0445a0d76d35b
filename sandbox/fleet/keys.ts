type Access = 'write' | 'read' | 'none';

export type Keys = {
  readonly apiKey: string;
  readonly readOnlyKey: string;
  accessOf(authorization: string | undefined): { readonly access: Access; readonly key: string | null };
  revoke(key: string): void;
  restore(key: string): void;
};

export function createKeys(apiKey: string): Keys {
  const readOnlyKey = `${apiKey}_read`;
  const revoked = new Set<string>();
  return {
    apiKey,
    readOnlyKey,
    accessOf(authorization) {
      const key = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? null;
      if (key === null || revoked.has(key)) return { access: 'none', key };
      if (key === apiKey) return { access: 'write', key };
      return { access: key === readOnlyKey ? 'read' : 'none', key };
    },
    revoke: (key) => void revoked.add(key),
    restore: (key) => void revoked.delete(key),
  };
}
