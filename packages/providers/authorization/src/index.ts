// provider-authorization: role definitions and role assignments (Microsoft.Authorization). Only the control plane imports it.
