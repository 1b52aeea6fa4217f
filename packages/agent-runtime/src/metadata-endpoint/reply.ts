/** What the metadata endpoint answers: a JSON body, in OAuth's error form when it refuses (RFC 6749 section 5.2). */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The error words that clients of instance metadata services know, and the statuses they come with. */
const statuses = {
  invalid_request: 400,
  unauthorized_client: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  server_error: 500,
  temporarily_unavailable: 503,
} as const;

export const refusal = (error: keyof typeof statuses, description: string, headers = {}): Reply => ({
  status: statuses[error],
  body: { error, error_description: description },
  headers,
});
