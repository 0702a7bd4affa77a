/** The 12 subject fields of the catalogue, in the order screens show them. */
export const FIELDS = {
  economy: { en: 'Economic construction', zh: '经济建设' },
  environment: { en: 'Resources and environment', zh: '资源环境' },
  'education-science': { en: 'Education and science', zh: '教育科技' },
  transport: { en: 'Road traffic', zh: '道路交通' },
  society: { en: 'Social development', zh: '社会发展' },
  'public-security': { en: 'Public security', zh: '公共安全' },
  'culture-leisure': { en: 'Culture and leisure', zh: '文化休闲' },
  health: { en: 'Health', zh: '卫生健康' },
  livelihood: { en: 'Livelihood services', zh: '民生服务' },
  institutions: { en: 'Institutions', zh: '机构团体' },
  'urban-construction': { en: 'Urban construction', zh: '城市建设' },
  credit: { en: 'Credit services', zh: '信用服务' },
} as const;
export type Field = keyof typeof FIELDS;
