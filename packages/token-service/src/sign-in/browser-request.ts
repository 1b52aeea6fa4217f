import type { Uuid } from '@holdfast/kernel';
import type { CookieName } from './cookies.ts';

/** A request of somebody's browser. */
export interface BrowserRequest {
  readonly now: Date;
  readonly correlationId: Uuid;
  readonly traceId: Uuid;
  /** Network address of the browser. */
  readonly address: string;
  readonly userAgent: string;
  readonly cookies: Readonly<Partial<Record<CookieName, string>>>;
  /** The browser's own name while a sign-in is under way; made when it has none. */
  readonly browser: string;
}

/** What the browser gets. */
export type Reply =
  | {
      readonly kind: 'page';
      readonly status: number;
      readonly html: string;
      readonly headers: Headers;
      readonly cookies: readonly string[];
    }
  | { readonly kind: 'redirect'; readonly to: string; readonly cookies: readonly string[] };

type Headers = Readonly<Record<string, string>>;
