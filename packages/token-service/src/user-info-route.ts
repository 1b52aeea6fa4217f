import type { FastifyInstance } from 'fastify';
import { registerPreflight } from './cross-origin.ts';
import { type UserInfoServices, userInfo } from './user-info.ts';

/** OpenID Connect Core section 5.3, at the address that Entra gives it. */
export const registerUserInfoRoute = (app: FastifyInstance, services: UserInfoServices): void => {
  registerPreflight(app, '/oidc/userinfo', 'GET, POST');
  app.route({
    method: ['GET', 'POST'],
    url: '/oidc/userinfo',
    handler: async (request, reply) => {
      const claims = await userInfo(request.headers.authorization, services);
      reply.headers({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
      if (claims !== undefined) return reply.send(claims);
      return reply.status(401).header('www-authenticate', 'Bearer error="invalid_token"').send();
    },
  });
};
