/**
 * Items that many series share: key | 中文 | English | how a value is made (see `../values.ts`) | nature.
 * Nature: `d` describes the row (open even in a conditional dataset), `m` is what was measured (as strict as the
 * dataset), `p` is personal or secret: never written to a file.
 */
export const sharedItems = `
code | {row}编号 | {Row} number | seq | d
name | {row}名称 | {Row} name | name | d
district | 行政区 | District | district | d
subdistrict | 街镇 | Subdistrict | subdistrict | d
address | 地址 | Address | address | d
road | 道路 | Road | road | d
hours | 开放时间 | Opening hours | of:08:30-17:00/09:00-17:00/09:00-21:00/全天 | d
lng | 经度 | Longitude | lng | m
lat | 纬度 | Latitude | lat | m
date | 日期 | Date | date | d
at | 时刻 | Time | at | d
hour | 小时 | Hour | hour | d
week | 周次 | Week | week | d
month | 月份 | Month | month | d
quarter | 季度 | Quarter | quarter | d
year | 年度 | Year | year | d
start_date | 开始日期 | Start date | date | d
end_date | 结束日期 | End date | later | d
valid_until | 有效期至 | Valid until | future | d
sector | 行业 | Sector | of:制造业/建筑业/批发和零售业/交通运输业/信息服务业/住宿餐饮业/科研技术服务业 | d
specialty | 专科 | Specialty | of:心内科/骨科/儿科/眼科/呼吸科/神经内科/妇科 | d
credit_code | 统一社会信用代码 | Unified social credit code | credit-code | d
person_name | 姓名 | Full name | none | p
owner_name | 所有人姓名 | Owner's name | none | p
id_number | 身份证号 | Identity number | none | p
mobile | 手机号 | Mobile number | none | p
home_address | 家庭住址 | Home address | none | p
birth_date | 出生日期 | Date of birth | none | p
gender | 性别 | Sex | none | p
bank_card | 银行卡号 | Bank card number | none | p
diagnosis | 诊断 | Diagnosis | none | p
email | 电子邮箱 | E-mail | none | p
plate | 号牌号码 | Number plate | none | p
`;
