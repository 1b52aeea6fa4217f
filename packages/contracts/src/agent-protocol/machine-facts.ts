import { type Static, Type } from 'typebox';

const text = Type.String({ maxLength: 1024 });
const optionalText = Type.Optional(text);

const address = Type.Object({
  address: text,
  version: Type.Union([Type.Literal('IPv4'), Type.Literal('IPv6')]),
  /** CIDR of the subnet, such as `10.0.0.0/24`. */
  subnet: optionalText,
});

/** What a server says about itself. Sizes are bytes, times RFC 3339. Empty text means unknown. */
export const machineFacts = Type.Object({
  computerName: text,
  machineFqdn: text,
  dnsFqdn: text,
  domainName: text,
  adFqdn: optionalText,
  os: Type.Object({
    type: Type.Union([Type.Literal('linux'), Type.Literal('windows')]),
    /** `linux` or `windows`, as the machine resource reports it. */
    name: text,
    /** Kernel or build number. */
    version: text,
    /** The distribution's or edition's full name, such as `Debian GNU/Linux 12 (bookworm)`. */
    sku: text,
    edition: optionalText,
    installedAt: optionalText,
  }),
  hardware: Type.Object({
    manufacturer: text,
    model: text,
    /** SMBIOS system UUID (SMBIOS 3.7 section 7.2.1); empty where the machine has none. */
    vmUuid: text,
    serialNumber: text,
    assetTag: text,
    architecture: text,
    memoryBytes: Type.Integer({ minimum: 0 }),
    sockets: Type.Integer({ minimum: 0 }),
    physicalCores: Type.Integer({ minimum: 0 }),
    logicalCores: Type.Integer({ minimum: 0 }),
    processors: Type.Array(Type.Object({ name: text, cores: Type.Integer({ minimum: 0 }) }), { maxItems: 64 }),
  }),
  firmware: Type.Object({ type: text, serialNumber: text }),
  interfaces: Type.Array(
    Type.Object({ id: text, name: text, macAddress: text, addresses: Type.Array(address, { maxItems: 64 }) }),
    { maxItems: 64 },
  ),
  disks: Type.Array(
    Type.Object({ id: text, name: text, path: text, diskType: text, sizeBytes: Type.Integer({ minimum: 0 }) }),
    { maxItems: 64 },
  ),
  cloud: Type.Object({ provider: text }),
  discovered: Type.Object({ mssql: Type.Boolean(), mysql: Type.Boolean(), pgsql: Type.Boolean() }),
});

export type MachineFacts = Static<typeof machineFacts>;
