import { IsIn, IsString } from 'class-validator';
import { MapOf, type PlainOperation } from '../../http/index.js';
import type { Readiness } from '../health.js';

const STATES = ['ok', 'degraded', 'down'] as const;

export class LivenessBody {
  @IsIn(['ok']) status!: 'ok';
  @IsString() version!: string;
}

export class ReadinessBody implements Readiness {
  /** `degraded`: open data is still answered; `down`: nothing is. */
  @IsIn(STATES) status!: Readiness['status'];
  @MapOf(STATES) parts!: Readiness['parts'];
}

const common = { method: 'get', tag: 'Operations', credential: 'none', problems: ['internal-error'] } as const;

/** What `mountOperations` serves, for the API document. */
export const operationsServed: readonly PlainOperation[] = [
  {
    ...common,
    path: '/health/live',
    summary: 'Whether the process answers; never touches the database',
    answers: {
      200: { description: 'Alive', shapes: [LivenessBody], example: { status: 'ok', version: '0.1.0' } },
    },
  },
  {
    ...common,
    path: '/health/ready',
    summary: 'Whether requests may be sent here, and which part is not well',
    answers: {
      200: {
        description: 'Ready; `degraded` while only open data can be answered',
        shapes: [ReadinessBody],
        example: { status: 'ok', parts: { database: 'ok', log: 'ok', durability: 'ok' } },
      },
      503: {
        description: 'Starting, stopping, or a part is down',
        shapes: [ReadinessBody],
        headers: { 'Retry-After': 'Seconds' },
        example: { status: 'down', parts: { database: 'down', log: 'ok', durability: 'ok' } },
      },
    },
  },
  {
    ...common,
    path: '/metrics',
    summary: 'Figures of this instance, for Prometheus',
    answers: { 200: { description: 'Text exposition format', contentType: 'text/plain' } },
    problems: ['internal-error', 'unavailable'],
  },
  {
    ...common,
    path: '/openapi.json',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1', contentType: 'application/json' } },
    problems: ['internal-error', 'unavailable'],
  },
];
