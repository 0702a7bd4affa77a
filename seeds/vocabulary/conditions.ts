/** Conditions the demo's publishers ask for: kind | evidence | 中文 | English, and by when it is due where that is watched. Fields name where each is usual. */
export const conditions = `
scenario | no | 用于申请中写明的应用场景，不得超出 | Used only for the scenario stated in the application
feedback-cadence | no | 每半年提交一次数据利用情况报告 | A report on the use made of the data every six months | everyMonths 6
deletion-date | no | 使用期满后三十日内删除原始数据并提交说明 | The raw data is deleted within thirty days of the end of the period, and this is confirmed | withinDays 30
location | no | 数据存放于境内由申请主体控制的设施 | The data is kept in the country, on facilities the applicant controls
technical-capability | yes | 具备相应的数据处理能力，提供团队与系统说明 | Capability to process the data, shown by a description of team and systems
mlps-filing | yes | 承载系统完成网络安全等级保护二级（含）以上备案 | The system that holds the data is filed at cybersecurity grade two or above
mlps-assessment | yes | 提供一年内的等级保护测评报告 | A cybersecurity assessment report not older than one year
credit-record | yes | 近三年无严重失信记录 | No serious breach on the credit record in the last three years
training | yes | 处理人员完成数据安全培训 | Those who process the data have completed data-security training
`;
