import type { FastifyInstance, onRequestHookHandler } from 'fastify';

/**
 * Scripts of any page may ask the token endpoint: it reads no cookies, so a page gets no more than a program elsewhere. Whose
 * tokens may be redeemed by which page is for the grants to say.
 */
export const allowScripts: onRequestHookHandler = (request, reply, done) => {
  if (request.headers.origin !== undefined) reply.header('access-control-allow-origin', '*');
  done();
};

/** What a browser asks before it lets a script send more than a plain form (Fetch, CORS-preflight). */
export const registerPreflight = (app: FastifyInstance, path: string, methods = 'POST'): void => {
  app.options(path, async (request, reply) => {
    const asked = request.headers['access-control-request-headers'];
    const headers = typeof asked === 'string' && /^[\w\-, ]{1,1024}$/.test(asked) ? asked : 'content-type';
    return reply
      .status(204)
      .headers({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': `${methods}, OPTIONS`,
        'access-control-allow-headers': headers,
        'access-control-max-age': '600',
      })
      .send();
  });
};
