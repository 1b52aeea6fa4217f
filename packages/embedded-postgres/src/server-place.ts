import { type Account, getServerAccount } from './account.ts';
import { type ClusterFolder, prepareServerFolders, type ServerView, viewServerFolder } from './cluster-folder.ts';
import { type Distribution, findDistribution } from './distribution.ts';

/** What initdb and postgres run with: where, as whom, which programs. */
export interface ServerPlace {
  readonly paths: ClusterFolder;
  readonly account: Account;
  readonly view: ServerView;
  readonly distribution: Distribution;
}

export interface PlaceOptions {
  readonly binaries: string | undefined;
  readonly copyFolders: readonly string[];
}

/** @throws FolderUnusable, NoBinaries */
export const openServerPlace = async (paths: ClusterFolder, options: PlaceOptions): Promise<ServerPlace> => {
  const account = await getServerAccount(paths.serverFolder);
  const distribution = await findDistribution({ ...options, account });
  await prepareServerFolders(paths, account);
  return { paths, account, distribution, view: await viewServerFolder(paths.serverFolder, account) };
};
