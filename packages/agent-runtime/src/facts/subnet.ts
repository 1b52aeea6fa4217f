/** The network of an address in CIDR form: `10.1.2.3/24` gives `10.1.2.0/24`. Undefined for what is not an address. */
export const subnetOf = (cidr: string | null): string | undefined => {
  const [address = '', length = ''] = (cidr ?? '').split('/');
  const bytes = address.includes(':') ? ipv6Bytes(address) : ipv4Bytes(address);
  const bits = Number(length);
  if (bytes === undefined || length === '' || !(bits >= 0 && bits <= bytes.length * 8)) return undefined;
  const network = bytes.map((byte, at) => byte & maskByte(bits - at * 8));
  return `${network.length === 4 ? network.join('.') : ipv6Text(network)}/${bits}`;
};

const maskByte = (bits: number): number => (0xff00 >> Math.min(8, Math.max(0, bits))) & 0xff;

const ipv4Bytes = (text: string): number[] | undefined => {
  const bytes = text.split('.').map(Number);
  return bytes.length === 4 && bytes.every((byte) => byte >= 0 && byte <= 255) ? bytes : undefined;
};

const ipv6Bytes = (text: string): number[] | undefined => {
  const [head = '', tail] = text.replace(/%.*$/, '').split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  const groups = [...before, ...Array<number>(missing).fill(0), ...after];
  return groups.every((group) => group >= 0 && group <= 0xffff)
    ? groups.flatMap((group) => [group >> 8, group & 255])
    : undefined;
};

const groupsOf = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));

/** The canonical text (RFC 5952), which is also how a URL writes its host. */
const ipv6Text = (bytes: readonly number[]): string => {
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[at * 2] ?? 0) * 256 + (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};
