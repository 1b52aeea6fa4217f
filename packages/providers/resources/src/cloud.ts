/** How this control plane presents itself. Origins carry no trailing slash. */
export interface Cloud {
  /** Not one of Azure's own cloud names: clients override those. */
  readonly name: string;
  readonly resourceManager: string;
  readonly login: string;
  readonly graph: string;
  readonly portal: string;
  readonly locations: readonly CloudLocation[];
}

/** A place servers are grouped by, such as a site. */
export interface CloudLocation {
  /** Lower case without spaces. */
  readonly name: string;
  readonly displayName: string;
}
