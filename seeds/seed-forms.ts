import type { FormContent, FormService } from '../src/applications/index.js';
import type { Transaction } from '../src/persistence/index.js';

const MADE = ['app', 'report', 'model', 'other'] as const;
const WORDS: Readonly<Record<(typeof MADE)[number], { readonly zh: string; readonly en: string }>> = {
  app: { zh: '应用或服务', en: 'An app or a service' },
  report: { zh: '报告或指数', en: 'A report or an index' },
  model: { zh: '算法模型', en: 'A model' },
  other: { zh: '其他', en: 'Something else' },
};

/** What the demo asks enterprises that make a product from the data; it may be left out. */
const PRODUCT: FormContent = {
  purpose: 'product-development',
  title: { zh: '产品开发说明', en: 'About the product' },
  obligatory: false,
  fields: [
    {
      name: 'made',
      kind: 'choices',
      title: { zh: '将形成什么成果？', en: 'What will be made from the data?' },
      required: true,
      options: MADE.map((value) => ({ value, title: WORDS[value] })),
    },
    {
      name: 'otherResult',
      kind: 'text',
      title: { zh: '其他成果是什么？', en: 'What else is it?' },
      required: true,
      when: { field: 'made', in: ['other'] },
    },
    {
      name: 'users',
      kind: 'number',
      title: { zh: '预计用户数', en: 'How many people will use it?' },
      required: false,
      minimum: 0,
    },
    {
      name: 'charged',
      kind: 'yes-no',
      title: { zh: '是否收费？', en: 'Will it be charged for?' },
      required: true,
    },
    {
      name: 'firstRelease',
      kind: 'day',
      title: { zh: '计划上线日期', en: 'When will it be released?' },
      required: false,
    },
  ],
};

/** The demo's forms, each as version 1 of its purpose. */
export async function seedForms(tx: Transaction, service: FormService): Promise<void> {
  const published = await service.publish(tx, PRODUCT, null);
  if (!published.ok) throw new Error(`the form was refused: ${JSON.stringify(published.error)}`);
}
