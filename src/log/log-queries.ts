/** What may be read of the log, for its routes and, through the door, for other slices. */
export {
  type ChangedRow,
  countEntries,
  type EntryQuery,
  entries,
  headPosition,
  newestEntries,
  newestTime,
  type StoredEntry,
  toldOf,
  toldOfEach,
  type ToldEntry,
  type TouchedSubject,
  touchedSubjects,
} from './store/log-reader.js';
