/** Texts with places, which notifications share with other papers of the product. */
export {
  type Both,
  faultOfTemplate,
  filled,
  placesOf,
  type Value,
  type Values,
  type Words,
} from '../../kernel/wording.js';
