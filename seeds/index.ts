/** The door of the demo data: what a start in demo mode fills an empty database with. */
export { DEMO_PASSWORD, DEMO_PORTAL } from './people.js';
export { SeedClock, type SeedDoors, seedDemo } from './seed.js';
