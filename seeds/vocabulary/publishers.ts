/**
 * The bodies of the demo city: key | 中文 | English | systems their data comes from (zh=en, several by comma).
 * None of them exists.
 */
export const publishers = `
transport | 云汀市交通委员会 | Yunting Municipal Transport Commission | 综合交通信息平台=the integrated transport platform,行业监管系统=the industry supervision system
traffic-police | 云汀市公安局交通警察总队 | Yunting Traffic Police | 交通管理综合应用平台=the traffic management platform
health | 云汀市卫生健康委员会 | Yunting Municipal Health Commission | 全民健康信息平台=the population health platform,医疗机构直报系统=reports of medical institutions
medical-insurance | 云汀市医疗保障局 | Yunting Medical Insurance Bureau | 医保信息平台=the medical-insurance platform
ecology | 云汀市生态环境局 | Yunting Ecology and Environment Bureau | 环境监测网络=the environmental monitoring network,固定源监管系统=the fixed-source supervision system
water | 云汀市水务局 | Yunting Water Bureau | 水务感知网络=the water sensing network
meteorology | 云汀市气象局 | Yunting Meteorological Bureau | 综合气象观测系统=the integrated observing system
planning | 云汀市规划和自然资源局 | Yunting Planning and Natural Resources Bureau | 自然资源一张图=the single map of natural resources
statistics | 云汀市统计局 | Yunting Statistics Bureau | 联网直报平台=the online reporting platform,抽样调查=sample surveys
commerce | 云汀市商务委员会 | Yunting Commerce Commission | 商务运行监测系统=the commerce monitoring system
economy-info | 云汀市经济和信息化委员会 | Yunting Economy and Information Commission | 工业运行监测平台=the industrial monitoring platform
development | 云汀市发展和改革委员会 | Yunting Development and Reform Commission | 投资项目在线平台=the online platform of investment projects
finance | 云汀市财政局 | Yunting Finance Bureau | 预算管理一体化系统=the integrated budget system
education | 云汀市教育委员会 | Yunting Education Commission | 教育事业统计系统=the education statistics system
science | 云汀市科学技术委员会 | Yunting Science and Technology Commission | 科技管理信息系统=the research management system
civil-affairs | 云汀市民政局 | Yunting Civil Affairs Bureau | 民政业务系统=the civil-affairs system
human-resources | 云汀市人力资源和社会保障局 | Yunting Human Resources and Social Security Bureau | 人社一体化系统=the human-resources system
public-security | 云汀市公安局 | Yunting Public Security Bureau | 警务信息综合平台=the police information platform
fire | 云汀市消防救援支队 | Yunting Fire and Rescue Brigade | 消防监督管理系统=the fire supervision system
emergency | 云汀市应急管理局 | Yunting Emergency Management Bureau | 安全生产信息系统=the work-safety system
culture-tourism | 云汀市文化和旅游局 | Yunting Culture and Tourism Bureau | 文旅综合监测平台=the culture and tourism platform
sports | 云汀市体育局 | Yunting Sports Bureau | 场馆信息化平台=the venue platform
government-affairs | 云汀市政务服务中心 | Yunting Government Service Centre | 政务服务一体化平台=the government service platform,热线工单系统=the hotline ticket system
landscaping | 云汀市绿化和市容管理局 | Yunting Landscaping and City Appearance Bureau | 市容环卫管理系统=the city appearance system
market-regulation | 云汀市市场监督管理局 | Yunting Market Regulation Bureau | 市场监管业务系统=the market regulation system
housing | 云汀市住房和城乡建设管理委员会 | Yunting Housing and Construction Commission | 建设市场管理系统=the construction market system
establishment-office | 云汀市机构编制委员会办公室 | Yunting Establishment Office | 实名制管理系统=the establishment register
offices-administration | 云汀市机关事务管理局 | Yunting Government Offices Administration | 公共机构节能平台=the public buildings energy platform
justice | 云汀市司法局 | Yunting Justice Bureau | 公共法律服务平台=the public legal service platform
archives | 云汀市档案馆 | Yunting Municipal Archives | 档案管理系统=the archives system
credit-centre | 云汀市公共信用信息服务中心 | Yunting Public Credit Information Centre | 公共信用信息平台=the public credit platform
agriculture | 云汀市农业农村委员会 | Yunting Agriculture and Rural Affairs Commission | 农业监管平台=the agriculture supervision platform
`;
