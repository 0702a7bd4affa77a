/** The door of the example portal: part of the demo, never of production. */
export { ExamplePortal, type PortalAccount, type PortalAnswer, type PortalVisit } from './example-portal.js';
export { mountExamplePortal } from './http/mount-example-portal.js';
export { SHELF_INDEX, Shelf, type ShelfEntry } from './shelf.js';
export { languageOf } from './texts.js';
