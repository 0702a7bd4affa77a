/** The door of the demo data: what a start in demo mode fills an empty database with. */
export { seedId } from './identifiers.js';
export { DEMO_PASSWORD, DEMO_PORTAL, PEOPLE } from './people.js';
export { SeedClock, type SeedDoors, seedDemo } from './seed.js';
