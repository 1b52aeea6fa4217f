// kernel: the words every other package speaks. It imports nothing; anything may import it.
export { assertNever } from './assert-never.ts';
export { base64url } from './base64url.ts';
export type { Brand } from './brand.ts';
export { type AbortSignalLike, addMs, type Clock, days, hours, latest, minutes, msBetween, seconds } from './clock.ts';
export type { Random } from './random.ts';
export { err, ok, type Result, unwrap } from './result.ts';
export { createSystemClock, type Timers } from './system-clock.ts';
export { createTimedCache, type TimedCache, type TimedCacheOptions } from './timed-cache.ts';
export { isUuid, newUuid, parseUuid, type Uuid } from './uuid.ts';
