import type { ColumnType } from 'kysely';

/** Written as JSON text (see storable.ts), read as parsed by the driver. */
export type Json<T> = ColumnType<T, string, string>;
export type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
