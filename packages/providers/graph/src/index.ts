// provider-graph: the directory's API, the part of Microsoft Graph v1.0 that az and the SDKs use. Only the control plane imports it.
