export type { Application, ApplicationState, Outcome, Stage } from './domain/application.js';
export { COMMANDS, type CommandName } from './domain/commands.js';
export type { ApplicationEvent, RulingData } from './domain/events.js';
export { fold } from './domain/evolve.js';
export { workflowTable } from './domain/workflow.js';
export { loadCalendar, loadDeadlines, loadRules, loadWorkflow } from './policy-files.js';
