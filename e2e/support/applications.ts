import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type ArmClient, signIn } from './arm-client.ts';
import type { Bootstrap } from './bootstrap.ts';

/** An application that has a service principal. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly objectId: string;
}

/** As much of Graph's application as tests set. */
export interface ApplicationWish {
  readonly displayName: string;
  readonly web?: { readonly redirectUris: readonly string[] };
  readonly spa?: { readonly redirectUris: readonly string[] };
  readonly publicClient?: { readonly redirectUris: readonly string[] };
  readonly isFallbackPublicClient?: boolean;
  readonly keyCredentials?: readonly KeyCredential[];
}

interface KeyCredential {
  readonly type: 'AsymmetricX509Cert';
  readonly usage: 'Verify';
  /** DER in base64. */
  readonly key: string;
}

/** Registers an application as somebody does who has Graph and a token. */
export const registerApplication = async (bootstrap: Bootstrap, wish: ApplicationWish): Promise<Application> => {
  const graph = await signIn(bootstrap);
  const { id, appId } = await post(graph, '/v1.0/applications', wish);
  const { id: objectId } = await post(graph, '/v1.0/servicePrincipals', { appId });
  return { id, appId, objectId };
};

export const addSecret = async (bootstrap: Bootstrap, { id }: Application): Promise<string> => {
  const passwordCredential = { displayName: 'test' };
  const path = `/v1.0/applications/${id}/addPassword`;
  const { secretText } = await post(await signIn(bootstrap), path, { passwordCredential }, 200);
  return secretText;
};

/** `file` is PEM. */
export const keyCredential = (file: string): KeyCredential => ({
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
  key: readFileSync(file, 'utf8').replace(/-----[^-]+-----|\s/g, ''),
});

/** Objects of Graph, by the texts that tests read. */
type GraphObject = Readonly<Record<'id' | 'appId' | 'secretText', string>>;

const post = async (graph: ArmClient, path: string, body: unknown, expected = 201): Promise<GraphObject> => {
  const answer = await graph.send('POST', path, { body });
  expect(answer, path).toMatchObject({ status: expected });
  return answer.body as unknown as GraphObject;
};
