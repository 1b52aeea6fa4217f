import type { TextSink } from '../cli-world.ts';

/** One line at the foot of a terminal that is written over and over. */
export interface Progress {
  readonly active: boolean;
  show(message: string, share: number): void;
  /** Takes the line away, before anything else is printed. */
  clear(): void;
}

const width = 20;
const eraseLine = '\r\u001b[K';

/** A progress line where stdout is a terminal and `wanted`; elsewhere it does nothing. */
export const createProgress = (sink: TextSink, wanted: boolean): Progress => {
  const active = wanted && sink.terminal;
  let shown = false;
  return {
    active,
    show: (message, share) => {
      if (!active) return;
      shown = true;
      const filled = Math.round(share * width);
      const bar = `${'='.repeat(filled)}${filled < width ? '>' : ''}`.padEnd(width);
      sink.write(`${eraseLine}${String(Math.round(share * 100)).padStart(3)}% [${bar.slice(0, width)}] ${message}`);
    },
    clear: () => {
      if (shown) sink.write(eraseLine);
      shown = false;
    },
  };
};
