export interface Reply {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

const endOfHead = '\r\n\r\n';
const empty: Buffer = Buffer.alloc(0);

/** Cuts a stream of answers at their Content-Length, which every answer of the control plane has. */
export const createReplyReader = (onReply: (reply: Reply) => void) => {
  let head = empty;
  let text = '';
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
    onReply({ status: Number(text.slice(9, 12)), head: text, body });
  };

  return (chunk: Buffer): void => {
    if (missing !== undefined) {
      takeBody(chunk);
      return;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const end = head.indexOf(endOfHead);
    if (end === -1) return;
    text = head.toString('latin1', 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    if (length === undefined) throw new Error(`an answer without Content-Length: ${text}`);
    missing = Number(length);
    takeBody(head.subarray(end + endOfHead.length));
  };
};
