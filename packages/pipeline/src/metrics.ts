import { Counter, Histogram, type Registry } from 'prom-client';

export interface RequestMetrics {
  /** Starts measuring a request; call the result with its status when it is answered. */
  begin(operationId: string): (status: number) => void;
}

export const createRequestMetrics = (registry: Registry): RequestMetrics => {
  const total = new Counter({
    name: 'holdfast_http_requests_total',
    help: 'Requests answered, by operation and status.',
    labelNames: ['operation', 'status'],
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'holdfast_http_request_duration_seconds',
    help: 'Time from the whole request read to its answer, by operation.',
    labelNames: ['operation'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  return {
    begin: (operation) => {
      const observe = duration.startTimer({ operation });
      return (status) => {
        total.inc({ operation, status });
        observe();
      };
    },
  };
};
