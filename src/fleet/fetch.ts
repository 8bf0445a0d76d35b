/** The part of fetch that the adapter uses. node-fetch fits it; `createKeepAliveFetch` is the one that main passes in. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

export interface FetchInit {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly body: AsyncIterable<string | Uint8Array> | null;
}

export interface HeaderReader {
  get(name: string): string | null;
}
