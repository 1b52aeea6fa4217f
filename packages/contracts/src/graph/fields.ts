import { type TObject, type TProperties, Type } from 'typebox';

/** The names under which an object says what it is and where it comes from (OData JSON 4.01 section 4.6). */
const annotations = { '^@odata\\.': {} };

/** A body whose properties are all known; a misspelt one is refused rather than ignored. */
export const known = <Properties extends TProperties>(properties: Properties): TObject<Properties> =>
  Type.Object(properties, { additionalProperties: false, patternProperties: annotations });

/** Absent leaves as is, null takes away. */
export const nullable = (options: { readonly maxLength?: number } = {}) =>
  Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], ...options }));

/** Names that people see. */
export const displayName = Type.String({ minLength: 1, maxLength: 256 });

export const texts = Type.Array(Type.String({ maxLength: 2048 }), { maxItems: 256 });

export const flag = Type.Optional(Type.Boolean());

/** RFC 3339; nullable, because clients send what they do not know as null. */
export const moment = Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' }));

/** Carried without being read. */
export const opaque = Type.Optional(Type.Unknown());

/** `{ "@odata.id": "…/directoryObjects/{id}" }`, how one object points at another. */
export const reference = Type.Object({ '@odata.id': Type.String({ maxLength: 2048 }) });
