/** Where everything is meant to be possible, nothing may be left out. */
export const leaveOut = (because: string, skip: (note: string) => void): void => {
  if (process.env['CI'] === 'true') throw new Error(because);
  skip(because);
};
