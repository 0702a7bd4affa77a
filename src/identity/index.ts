export { type CreditCodeFault, creditCheckSymbol, creditCodeFault, isCreditCode } from './domain/credit-code.js';
