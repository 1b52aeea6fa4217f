/** What the operations on the directory have in common, by what they do. */
export const reads = { method: 'GET', access: 'directory', effect: 'read' } as const;
export const creates = { method: 'POST', access: 'directory', effect: 'write' } as const;
export const updates = { method: 'PATCH', access: 'directory', effect: 'write' } as const;
export const deletes = { method: 'DELETE', access: 'directory', effect: 'write' } as const;
/** A question that is asked with a body. */
export const asks = { method: 'POST', access: 'directory', effect: 'read' } as const;
