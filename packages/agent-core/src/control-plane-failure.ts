/** Why a call to the control plane brought no answer that helps. */
export type ControlPlaneFailure =
  /** No connection, no answer in time, or an answer that is not the control plane's. */
  | { readonly kind: 'unreachable'; readonly code: string; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      /** The control plane's own words. */
      readonly message: string;
      readonly retryAfterSeconds: number | null;
    };
