import { type BeatsInput, type ConnectInput, type ConnectOutput, createAgents, type PrepareInput } from './agents.ts';
import { type LoadResult, runClosedLoop, type Window } from './closed-loop.ts';
import { type Connection, openConnection, type Server } from './connection.ts';
import { createDevices, type DevicesInput } from './devices.ts';
import { type GuessPasswordsInput, type GuessUserCodesInput, guessPasswords, guessUserCodes } from './guessers.ts';
import { createPeople, type PeopleInput, type PeopleLoadInput } from './people.ts';
import { type Rate, rawSigning } from './raw-signing.ts';
import { runRefreshChains } from './refresh-chains.ts';
import { type Request, renderRequest } from './render-request.ts';

export interface OpenInput {
  readonly server: Server;
  readonly connections: number;
  /** How many addresses they come from in turn; one unless given. */
  readonly addresses?: number;
}

export interface RequestsInput {
  readonly origin: string;
  /** Sent in turn, again and again, each connection from a place of its own. */
  readonly requests: readonly Request[];
  readonly window: Window;
}

const agents = createAgents();
const people = createPeople();
const devices = createDevices(people);
let connections: readonly Connection[] = [];

/** Connections that the next load uses, so that the time to make them is not in it. */
const open = async ({ server, connections: count, addresses = 1 }: OpenInput): Promise<void> => {
  for (const connection of connections) connection.close();
  const from = (at: number) => (addresses === 1 ? {} : { localAddress: loopback(at % addresses) });
  connections = await Promise.all(Array.from({ length: count }, (_, at) => openConnection({ ...server, ...from(at) })));
};

const loopback = (at: number): string => `127.1.${at >> 8}.${at & 255}`;

const sendRequests = async ({ origin, requests, window }: RequestsInput): Promise<LoadResult> => {
  const rendered = requests.map((request) => renderRequest(origin, request));
  const places = connections.map((_, at) => Math.floor((at * rendered.length) / connections.length));
  const next = (at: number): Buffer | undefined => {
    const place = places[at] ?? 0;
    places[at] = (place + 1) % rendered.length;
    return rendered[place];
  };
  return runClosedLoop({ connections, window, next });
};

/** What a worker can be asked for. It keeps the machines and people that it plays and the connections that it opened. */
export const tasks = {
  connectMachines: (input: ConnectInput): Promise<ConnectOutput> => agents.connect(input),
  prepareBeats: (input: PrepareInput): Promise<number> => agents.prepare(input),
  sendBeats: (input: BeatsInput): Promise<LoadResult> => agents.beat(connections, input),
  open,
  sendRequests,
  signInPeople: (input: PeopleInput): Promise<number> => people.signIn(connections, input),
  signInAgain: (input: PeopleLoadInput): Promise<LoadResult> => people.signInAgain(connections, input),
  exchangeCodes: (input: PeopleLoadInput): Promise<LoadResult> => people.exchangeCodes(connections, input),
  refreshTokens: (input: PeopleLoadInput): Promise<LoadResult> => runRefreshChains(people, connections, input),
  askForDeviceCodes: (input: DevicesInput): Promise<LoadResult> => devices.askForCodes(connections, input),
  pollDeviceCodes: (input: DevicesInput): Promise<LoadResult> => devices.poll(connections, input),
  approveDevices: (input: DevicesInput): Promise<LoadResult> => devices.approve(connections, input),
  guessPasswords: (input: GuessPasswordsInput): Promise<LoadResult> => guessPasswords(connections, input),
  guessUserCodes: (input: GuessUserCodesInput): Promise<LoadResult> => guessUserCodes(people, connections, input),
  rawSigning: (input: { readonly seconds: number }): Promise<Rate> => rawSigning(input.seconds),
  acknowledgedCounters: async (_input: null): Promise<Readonly<Record<string, number>>> => agents.acknowledged(),
} as const;

type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;
