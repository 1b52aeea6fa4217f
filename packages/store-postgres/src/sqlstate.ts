import { armError } from '@holdfast/arm';
import pg from 'pg';

// The only reader of SQLSTATE (PostgreSQL, appendix A) and of the driver's own errors.

/** Passing troubles of the server by class, or in full where the class holds others. */
const passingStates = [
  '08', // connection exceptions
  '25006', // read-only transaction: a standby answered during a failover
  '25P03', // idle in transaction for too long
  '40001', // serialization failure
  '40P01', // deadlock
  '53', // insufficient resources, such as too many connections
  '55P03', // lock not available
  '57', // operator intervention: shutdown, starting up, statement timeout
  '58', // system errors outside PostgreSQL
];

const systemErrors = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // the server's socket is gone
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** The driver's errors that have no code: a connection lost or not had in time. */
const driverMessages =
  /^(Connection terminated|Client (has encountered a connection error|was closed)|timeout (exceeded|expired)|Query read timeout)/;

/** True when the database cannot be reached or asked at the moment, and the same may work later. */
export const isUnavailable = (error: unknown): boolean => {
  if (error instanceof pg.DatabaseError) return passingStates.some((state) => error.code?.startsWith(state));
  if (error instanceof AggregateError) return error.errors.some(isUnavailable);
  if (!(error instanceof Error)) return false;
  return systemErrors.has(codeOf(error)) || driverMessages.test(error.message);
};

/** True when nothing more can be asked over the connection that gave the error. */
export const isConnectionLost = (error: unknown): boolean =>
  error instanceof pg.DatabaseError ? /^(08|57P)/.test(error.code ?? '') : isUnavailable(error);

/** What the rest of the program sees of an error of the driver. */
export const translated = (error: unknown): unknown =>
  isUnavailable(error) ? armError('ServiceUnavailable', {}, { cause: error }) : error;

/** The name of the unique constraint that a statement ran into. */
export const violatedUnique = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError && error.code === '23505' ? error.constraint : undefined;

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');
