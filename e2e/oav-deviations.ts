/**
 * Where the product deviates from the published API contracts on purpose, or because Azure does. Everything else that
 * the oracle (oav) finds in an end-to-end run fails it, and so does an entry here that nothing shows any more.
 */
export interface Deviation {
  /** Operation ids as published. */
  readonly operations: readonly string[];
  /** All when absent. */
  readonly apiVersions?: readonly string[];
  readonly side: 'request' | 'response';
  /** The oracle's code. */
  readonly code: string;
  /** Where in the resource; `*` stands for a position in a list. */
  readonly place: string;
  readonly because: string;
}

export const deviations: readonly Deviation[] = [
  {
    operations: ['Subscriptions_List', 'Tenants_List'],
    side: 'response',
    code: 'OBJECT_MISSING_REQUIRED_PROPERTY',
    place: 'nextLink',
    because:
      'the contract requires what every other list of ARM, and ARM itself, leaves out on the last page; clients follow a link that is there',
  },
];

/** Calls that no published contract describes; the tests check their answers themselves. */
export const unspecified: readonly { readonly call: RegExp; readonly because: string }[] = [
  {
    call: /^GET \/+metadata\/endpoints\b/i,
    because: 'the cloud metadata are described by the clients that read them only',
  },
  {
    call: /^GET \/subscriptions\/[^/]+\/providers\/Microsoft\.HybridCompute\/locations\/[^/]+\/operation(status|results)\//i,
    because: 'poll addresses are opaque to clients and in no contract',
  },
  {
    call: /^GET \/subscriptions\/[^/]+\/operationresults\//i,
    because: 'poll addresses are opaque to clients and in no contract',
  },
];
