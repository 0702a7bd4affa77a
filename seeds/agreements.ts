import type { Id } from '../src/kernel/ids.js';
import type { Delivery } from '../src/kernel/purpose.js';
import { seedId } from './identifiers.js';

/** A data-use agreement as the demo's publishers offer it: our own words, no real contract. */
export interface SeedAgreement {
  readonly id: Id<'agreement-template'>;
  readonly title: { readonly zh: string; readonly en: string };
  readonly text: { readonly zh: string; readonly en: string };
}

const CLAUSES = {
  parties: {
    zh: '本协议由数据开放主体（下称“提供方”）与经办理获准的申请主体（下称“利用方”）订立。利用方由其法定代表人或者授权签署人接受本协议，经办人的操作不构成签署。',
    en: 'This agreement is made between the publisher ("provider") and the applicant whose application was approved ("user"). The user accepts it through its legal representative or authorised signatory; an act of its handler is not a signature.',
  },
  scope: {
    zh: '提供方按照办理结果载明的数据集、数据项、用途、交付方式和期限提供数据。利用方仅可将数据用于申请中写明的应用场景，超出范围的，应当另行申请。',
    en: 'The provider makes available the datasets and items named in the ruling, for the purpose, by the delivery and for the period stated there. The user uses them only for the scenario of the application; anything further needs a new application.',
  },
  conduct: {
    zh: '利用方不得向第三方提供原始数据，不得通过与其他数据结合识别特定自然人或者获取他人商业秘密。发现数据可能识别个人的，应当立即停止使用并在二十四小时内告知提供方。',
    en: 'The user does not pass the raw data to a third party and does not identify persons or obtain the trade secrets of others by joining it with other data. If the data turns out to identify someone, the user stops at once and tells the provider within twenty-four hours.',
  },
  security: {
    zh: '利用方采取与数据级别相适应的技术和管理措施，限定接触人员，保存访问记录不少于六个月。发生安全事件的，应当立即处置并报告。',
    en: 'The user takes technical and organisational measures that fit the level of the data, limits who can reach it, and keeps access records for at least six months. Security incidents are handled and reported at once.',
  },
  report: {
    zh: '利用方每半年提交一次数据利用情况报告，利用数据形成产品或者研究成果的，注明数据来源。',
    en: 'The user reports on the use made of the data every six months, and names the source in products or research made from it.',
  },
  api: {
    zh: '以接口方式取得数据的，接口凭证仅限利用方使用，不得出借或者共用；调用量以办理结果载明的额度为限，不得规避限流措施。',
    en: 'Where the data is had through an interface, its credentials are for the user alone and are neither lent nor shared; calls stay within the quota of the ruling, and rate limits are not evaded.',
  },
  sandbox: {
    zh: '在安全环境中使用数据的，仅在提供方指定的安全环境内处理，不得以下载、截屏、抄录等方式带出原始数据；导出的结果须经提供方核验。',
    en: 'Data used in a secure environment is processed only inside the one named by the provider; raw data does not leave it by download, screenshot or copying, and results are exported after the provider has checked them.',
  },
  end: {
    zh: '提供方可以因违约、安全风险、权利人异议或者开放类型调整而中止或者终止提供，并说明理由。期满或者终止后三十日内，利用方删除原始数据并提交说明。',
    en: 'The provider may suspend or end the supply because of a breach, a security risk, an objection of a right-holder or a change of the opening tier, giving reasons. Within thirty days of the end the user deletes the raw data and confirms it.',
  },
  liability: {
    zh: '数据按现状提供，提供方对完整性和适用性不作保证，发现错误的可以提出异议。违反本协议的，利用方承担相应责任，并可能被限制使用。',
    en: 'The data is supplied as it is, without a promise of completeness or fitness; errors may be objected to. A user in breach bears the consequences and may be barred from use for a time.',
  },
} as const;
type Clause = keyof typeof CLAUSES;

/** How a delivery is headed, and the clause that only it needs. */
const DELIVERED: Readonly<Record<Delivery, { readonly zh: string; readonly en: string; readonly clause?: Clause }>> = {
  download: { zh: '文件下载', en: 'file download' },
  api: { zh: '接口调用', en: 'interface', clause: 'api' },
  sandbox: { zh: '安全环境', en: 'secure environment', clause: 'sandbox' },
};

const idOf = (deliveries: readonly Delivery[]): Id<'agreement-template'> =>
  seedId('agreement-template', deliveries.join('+'));

function agreement(deliveries: readonly Delivery[]): SeedAgreement {
  const delivered = deliveries.map((delivery) => DELIVERED[delivery]);
  const own = delivered.flatMap(({ clause }) => clause ?? []);
  const clauses: Clause[] = ['parties', 'scope', 'conduct', 'security', ...own, 'report', 'end', 'liability'];
  const title = {
    zh: `公共数据利用协议（${delivered.map(({ zh }) => zh).join('、')}）`,
    en: `Data-use agreement (${delivered.map(({ en }) => en).join(' or ')})`,
  };
  const body = (language: 'zh' | 'en'): string =>
    clauses
      .map(
        (clause, i) =>
          `${language === 'zh' ? `第${'一二三四五六七八九'[i]}条　` : `${i + 1}. `}${CLAUSES[clause][language]}`,
      )
      .join('\n');
  const text = { zh: `${title.zh}\n\n${body('zh')}`, en: `${title.en}\n\n${body('en')}` };
  return { id: idOf(deliveries), title, text };
}

const OFFERED: readonly (readonly Delivery[])[] = [['download'], ['api'], ['download', 'api'], ['download', 'sandbox']];

/** One template for every way, or choice of ways, in which the demo's publishers hand data over. */
export const AGREEMENTS: readonly SeedAgreement[] = OFFERED.map(agreement);

/** The template that fits how the data is handed over. */
export const agreementFor = idOf;
