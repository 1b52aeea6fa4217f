/** The errno name of a failed system call, such as `ENOENT`. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** The outcome, or undefined when there is no such file. */
export const ifPresent = async <T>(step: Promise<T>): Promise<T | undefined> => {
  try {
    return await step;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Whether the step was done; false when it failed for one of the expected reasons. */
export const doneUnless = async (step: Promise<unknown>, ...expected: readonly string[]): Promise<boolean> => {
  try {
    await step;
    return true;
  } catch (error) {
    if (expected.includes(errnoOf(error) ?? '')) return false;
    throw error;
  }
};
