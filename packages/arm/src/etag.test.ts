import { describe, expect, test } from 'vitest';
import { etagOf, failedCondition } from './index.ts';

const current = etagOf(3);

describe('a write happens only when its conditions hold (RFC 9110 section 13.1)', () => {
  test.each<[condition: object, exists: boolean, failed: string | undefined]>([
    [{}, true, undefined],
    [{}, false, undefined],
    [{ ifMatch: '*' }, true, undefined],
    [{ ifMatch: '*' }, false, 'If-Match'],
    [{ ifMatch: '"3"' }, true, undefined],
    [{ ifMatch: '"3"' }, false, 'If-Match'],
    [{ ifMatch: '"2"' }, true, 'If-Match'],
    [{ ifMatch: '"2", "3"' }, true, undefined],
    [{ ifMatch: ' "1","2" ' }, true, 'If-Match'],
    // If-Match compares strongly: a weak tag is nobody's licence to overwrite (section 13.1.1).
    [{ ifMatch: 'W/"3"' }, true, 'If-Match'],
    // Without its quotes it is no entity tag.
    [{ ifMatch: '3' }, true, 'If-Match'],
    [{ ifMatch: '' }, true, 'If-Match'],
    [{ ifNoneMatch: '*' }, true, 'If-None-Match'],
    [{ ifNoneMatch: '*' }, false, undefined],
    [{ ifNoneMatch: '"3"' }, true, 'If-None-Match'],
    // If-None-Match compares weakly (section 13.1.2).
    [{ ifNoneMatch: 'W/"3"' }, true, 'If-None-Match'],
    [{ ifNoneMatch: '"2", W/"3"' }, true, 'If-None-Match'],
    [{ ifNoneMatch: '"2"' }, true, undefined],
    [{ ifNoneMatch: '"3"' }, false, undefined],
    // If-Match is judged first (section 13.2.2).
    [{ ifMatch: '"2"', ifNoneMatch: '*' }, true, 'If-Match'],
    [{ ifMatch: '"3"', ifNoneMatch: '*' }, true, 'If-None-Match'],
  ])('%j on a resource that exists: %s', (conditions, exists, failed) => {
    const failure = failedCondition(conditions, exists ? current : undefined);
    if (failed === undefined) expect(failure).toBeUndefined();
    else
      expect(failure).toMatchObject({
        status: 412,
        code: 'PreconditionFailed',
        message: expect.stringContaining(`${failed} `),
      });
  });
});
