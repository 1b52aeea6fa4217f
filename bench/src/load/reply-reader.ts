export interface Reply {
  readonly status: number;
  readonly body: Buffer;
}

const endOfHead = '\r\n\r\n';
const empty: Buffer = Buffer.alloc(0);

/** Cuts a stream of answers at their Content-Length, which every answer of the control plane has. */
export const createReplyReader = (onReply: (reply: Reply) => void) => {
  let head = empty;
  let status = 0;
  let missing: number | undefined;
  let parts: Buffer[] = [];

  const takeBody = (chunk: Buffer): void => {
    parts.push(chunk);
    missing = (missing ?? 0) - chunk.length;
    if (missing > 0) return;
    if (missing < 0) throw new Error('the answer is longer than its Content-Length');
    const [only = empty] = parts;
    const body = parts.length === 1 ? only : Buffer.concat(parts);
    [head, missing, parts] = [empty, undefined, []];
    onReply({ status, body });
  };

  return (chunk: Buffer): void => {
    if (missing !== undefined) {
      takeBody(chunk);
      return;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const end = head.indexOf(endOfHead);
    if (end === -1) return;
    const text = head.toString('latin1', 0, end);
    status = Number(text.slice(9, 12));
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${text}`);
    missing = Number(length);
    takeBody(head.subarray(end + endOfHead.length));
  };
};
