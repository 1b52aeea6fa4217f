/** Numbers that a run can be given on the command line, with what they are when it is not. */
export type Parameters = Readonly<Record<string, number>>;

/** What a benchmark works with. */
export interface Run<Given extends Parameters = Parameters> {
  readonly parameters: Given;
  /** One line for whoever waits. */
  readonly progress: (line: string) => void;
  /** Undoes something when the run ends, also when it fails or is interrupted; the last given goes first. */
  readonly atEnd: (undo: () => Promise<unknown>) => void;
}

/** Values with the unit in their name, such as `p50Ms`; nested where several belong together. */
export interface Figures {
  readonly [name: string]: number | string | boolean | null | readonly number[] | Figures;
}

export interface Outcome {
  readonly figures: Figures;
  /** Version of the PostgreSQL that took part. */
  readonly postgres: string;
}

export interface Benchmark<Given extends Parameters = Parameters> {
  readonly parameters: Given;
  run(run: Run<Given>): Promise<Outcome>;
}

/** For the table: the command line gives every benchmark exactly the parameters it names. */
export const benchmark = <Given extends Parameters>(definition: Benchmark<Given>): Benchmark =>
  definition as unknown as Benchmark;
