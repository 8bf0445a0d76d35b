/** The nth time that this cut point is reached from the arming on. */
export interface CutPoint {
  readonly name: string;
  readonly nth: number;
}

export type ToChild =
  | {
      readonly kind: 'start';
      readonly env: Readonly<Record<string, string>>;
      readonly queuePrefix: string;
      readonly clockAheadMs: number;
    }
  | { readonly kind: 'arm'; readonly at: CutPoint | null }
  | { readonly kind: 'clock'; readonly aheadMs: number };

export type ToParent =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'armed' }
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'log'; readonly line: string };
