import { benchmark, type Figures } from '../benchmark.ts';
import type { LoadPlan, MeasuredLoad } from '../load/run-load.ts';
import { runLoad, runLoadsTogether } from '../load/run-load.ts';
import { signInPeople } from '../load/signed-in-people.ts';
import { startWorkers, type Worker } from '../load/worker-pool.ts';
import { startControlPlane } from '../servers/control-plane.ts';
import { createAccounts } from '../servers/graph.ts';

/**
 * What honest people notice of guessers behind the same address: at the password page and at the device page, first alone
 * and then beside them.
 */
export const guessing = benchmark({
  parameters: { people: 8, guessers: 32, guesserAddresses: 1, namesGuessedAt: 1000, warmUpSeconds: 5, seconds: 20 },
  run: async (run) => {
    const { people, guessers, guesserAddresses: addresses, namesGuessedAt, warmUpSeconds, seconds } = run.parameters;
    const server = await startControlPlane(run);
    const [honest, hostile] = startWorkers(run, 2) as readonly [Worker, Worker];
    run.progress(`signing ${people} people and one guesser in`);
    const accounts = await createAccounts(server, people + 1);
    await signInPeople(server, [honest], accounts.slice(1));
    await signInPeople(server, [hostile], accounts.slice(0, 1));
    const { endpoint, tenantId } = server.bootstrap;
    const about = { place: { endpoint, tenantId } };
    const common = { server, warmUpSeconds, seconds };
    const passwords: LoadPlan = {
      ...common,
      workers: [honest],
      connections: people,
      send: (worker, window) => worker.ask('signInAgain', { ...about, window }),
    };
    const devices: LoadPlan = {
      ...common,
      workers: [honest],
      connections: people,
      send: (worker, window) => worker.ask('approveDevices', { ...about, window }),
    };
    const known = accounts.slice(1).map(({ userName }) => userName);
    const userNames = Array.from({ length: namesGuessedAt }, (_, at) => known[at] ?? `nobody-${at}@holdfast.internal`);
    const passwordGuesses: LoadPlan = {
      ...common,
      workers: [hostile],
      connections: guessers,
      addresses,
      send: (worker, window) => worker.ask('guessPasswords', { ...about, window, userNames }),
    };
    const codeGuesses: LoadPlan = {
      ...common,
      workers: [hostile],
      connections: guessers,
      addresses,
      send: (worker, window) => worker.ask('guessUserCodes', { ...about, window }),
    };
    const beside = async (name: string, plan: LoadPlan, guesses: LoadPlan): Promise<Figures> => {
      run.progress(`${name} alone for ${warmUpSeconds} + ${seconds} seconds`);
      const alone = honestFigures(await runLoad(plan));
      run.progress(`${name} beside ${guessers} guessers for ${warmUpSeconds} + ${seconds} seconds`);
      const [load, guessed] = await runLoadsTogether([plan, guesses]);
      return { alone, whileGuessedAt: honestFigures(load), guesses: guessFigures(guessed) };
    };
    // In this order, because somebody whose sign-in failed has no session to approve a device with.
    const deviceApprovals = await beside('device approvals', devices, codeGuesses);
    const passwordSignIns = await beside('sign-ins', passwords, passwordGuesses);
    const figures = { passwordSignIns, deviceApprovals };
    return { figures, postgres: server.database.version };
  },
});

const honestFigures = ({ perSecond, latency, parts, details }: MeasuredLoad): Figures => {
  const { answered, otherAnswers, cpuCores } = details;
  const failures = Object.values(otherAnswers as Readonly<Record<string, number>>).reduce((sum, each) => sum + each, 0);
  return { perSecond, ...latency, ...parts, succeeded: answered, failures, otherAnswers, cpuCores } as Figures;
};

const guessFigures = ({ perSecond, parts, details }: MeasuredLoad): Figures => ({
  answeredPerSecond: perSecond,
  ...parts,
  otherAnswers: details['otherAnswers'] ?? {},
});
