import { setFlagsFromString } from 'node:v8';
import { NOW } from '../bench-world.js';
import type { Contestant } from './contestant.js';
import { grantMap, grantOf } from './plain-map.js';

const POLICIES = `
permit (principal, action == Action::"read", resource);
permit (principal, action == Action::"download", resource) when { resource.tier == "open" };
permit (principal, action == Action::"download", resource) when {
  resource.tier == "conditional" && context has grant &&
  context.grant.state == "active" && context.grant.purpose == context.purpose && context.grant.delivery == "download" &&
  context.grant.start <= context.now && context.now < context.grant.end
};`;

/** Policies parsed once; each call is handed what they look at: the dataset, and the grant where there is one. */
export const cedar: Contestant = {
  name: 'Cedar (cedar-wasm)',
  prepare: async ({ grants, world }) => {
    // Node 20 aborts where a call into this WebAssembly is inlined.
    setFlagsFromString('--no-turbo-inline-js-wasm-calls');
    const { preparsePolicySet, statefulIsAuthorized } = await import('@cedar-policy/cedar-wasm/nodejs');
    const parsed = preparsePolicySet('bench', { staticPolicies: POLICIES });
    if (parsed.type === 'failure') throw new Error(parsed.errors.map(({ message }) => message).join('\n'));
    const map = grantMap(grants);
    return {
      ask: {
        one: (asked) => {
          const grant = grantOf(map, asked);
          const resource = { type: 'Dataset', id: asked.resourceId };
          const tier = world.datasets.get(asked.resourceId)?.tier ?? 'unknown';
          const answer = statefulIsAuthorized({
            principal: { type: 'Organisation', id: asked.subjectId },
            action: { type: 'Action', id: asked.action },
            resource,
            context: { purpose: asked.purpose, now: NOW, ...(grant === undefined ? {} : { grant: { ...grant } }) },
            preparsedPolicySetId: 'bench',
            entities: [{ uid: resource, attrs: { tier }, parents: [] }],
          });
          if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('\n'));
          return answer.response.decision === 'allow';
        },
      },
    };
  },
};
