/** Public security and safety. One series a line; the columns are told in `../series.ts`. */
export const publicSecurity = `
police-stations | public-security | 派出所及办事窗口 | Police stations and service counters | 派出所=Police station | d | o | h | code name district address hours services(可办事项数~Services~int:12:68)
lost-property | public-security | 失物招领公告 | Lost property | 物品=Item | d | o | w | code kind(物品类别~Kind~of:箱包/证件套（无信息）/电子产品/衣物/自行车) found_on(拾获日期~Found on~date) place(拾获地点~Place~road) held_at(保管单位~Held at~name:派出所)
fraud-stat | public-security | 电信网络诈骗类型统计 | Telecom fraud by kind | 类型月份=Kind and month | y | o | m | month fraud(诈骗类型~Kind~of:刷单返利/虚假投资/冒充客服/虚假征信/网络购物) cases(发案数~Cases~int:20:1600) prevented(劝阻数~Prevented~int:100:9800)
crime-grid | public-security | 侵财类警情网格热度 | Grid density of property offences | 网格月份=Cell and month | d | c | m | cell(网格编号~Grid cell~seq:G) subdistrict month density(热度指数~Density index~dec:0:100:1) night_share(夜间占比（%）~At night (%)~dec:10:70:1)
calls-stat | public-security | 报警求助分类统计 | Emergency calls by kind | 类别月份=Kind and month | d | o | m | month district kind(警情类别~Kind~of:交通/纠纷/求助/噪声/走失) calls(警情数~Calls~int:40:9800)
crowd | public-security | 重点区域客流密度实时监测 | Live crowd density in busy areas | 区域时刻=Area and time | k:滨江岸线=the riverside,中央车站=Central Station,砚湖公园=Yanhu Park,会展中心=the exhibition centre,体育中心=the sports centre,老码头=the old quay | c | t | at zone(分区~Zone~seq:Z) persons(瞬时人数~Persons~int:20:26000) density(密度（人/平方米）~Density (persons/m2)~dec:0:4:2)
events | public-security | 大型群众性活动许可公告 | Licences for large events | 活动=Event | y | o | w | code event(活动名称~Event~name:音乐会) district date expected(预计人数~Expected~int:1000:42000)
locksmiths | public-security | 开锁业备案单位 | Registered locksmiths | 单位=Firm | d | o | h | code company(单位名称~Firm~org:锁具服务部) district address registered(备案日期~Registered~date)
fire-stations | fire | 消防救援站分布及辖区 | Fire stations and their areas | 消防站=Fire station | d | o | y | code name district address area_km2(辖区面积（平方公里）~Area (km2)~dec:2:48:1) engines(消防车数~Engines~int:3:14)
hydrants | fire | 市政消火栓点位 | Hydrants | 消火栓=Hydrant | d | c | h | code district road lng lat pressure(水压（兆帕）~Pressure (MPa)~dec:0:1:2) state(状态~State~of:完好/完好/待修)
fires | fire | 火灾接警分类统计 | Fires by cause | 原因月份=Cause and month | d | o | m | month district cause(起火原因~Cause~of:电气/用火不慎/吸烟/生产作业/遗留火种) fires(起数~Fires~int:1:120) loss(直接损失（万元）~Loss (10k CNY)~dec:0:160:1)
fire-response | fire | 火警出动到场时间统计 | Response times to fires | 站月=Station and month | d | c | m | station(消防站~Station~name:消防救援站) month turnouts(出动次数~Turnouts~int:8:180) median_min(到场中位时间（分钟）~Median arrival (min)~dec:4:9:1) p90_min(到场90分位（分钟）~90th percentile (min)~plus:median_min:2:6:1)
fire-checks | fire | 消防监督抽查结果 | Results of fire inspections | 抽查=Inspection | d | o | m | code unit(单位名称~Premises~org:商业管理有限公司) district date result(结果~Result~of:合格/合格/责令改正) kind(场所类别~Kind~of:商场/宾馆/医院/学校/仓储)
shelters | emergency | 应急避难场所 | Emergency shelters | 避难场所=Shelter | d | o | y | code name district address capacity(可容纳人数~Capacity~int:200:26000) class(类别~Class~of:I类/II类/III类) lng lat
chemicals | emergency | 危险化学品经营许可 | Licences to trade hazardous chemicals | 许可=Licence | d | o | m | code company(企业名称~Company~org:化工贸易有限公司) district mode(经营方式~Mode~of:带储存/不带储存/仅票据) valid_until
risk-points | emergency | 安全风险分级管控点 | Graded safety-risk points | 风险点=Risk point | d | c | h | code district sector risk_grade(风险等级~Grade~of:红/橙/黄/蓝) measures(管控措施数~Measures~int:2:14) checked(最近检查~Last check~date)
typhoon-moves | emergency | 防汛防台转移安置点容量 | Capacity of typhoon evacuation sites | 安置点=Site | d | c | q | code name subdistrict capacity(容量（人）~Capacity~int:80:4200) stock(物资完备率（%）~Supplies complete (%)~dec:70:100:1)
accidents | emergency | 生产安全事故统计 | Accidents at work | 行业季度=Sector and quarter | y | o | q | quarter sector accidents(事故起数~Accidents~int:0:24) deaths(死亡人数~Deaths~int:0:6)
residents | public-security | 常住户籍人口登记 | Household registration | 人员=Person | d | r | d | person_name id_number gender birth_date home_address mobile
hotel-guests | public-security | 旅馆业住宿登记 | Hotel guest registration | 住宿记录=Stay | d | r | t | guest_name(旅客姓名~Guest) id_number hotel(旅馆~Hotel) checked_in(入住时间~Checked in) room(房号~Room)
cameras | public-security | 公共视频监控点位布局 | Layout of public cameras | 点位=Camera | d | rx | y | camera_no(点位编号~Camera) coordinate_x(坐标X~Coordinate X) coordinate_y(坐标Y~Coordinate Y) coverage(覆盖范围~Coverage)
missing | public-security | 走失人员协查登记 | Missing-person enquiries | 登记=Entry | y | x | w | person_name id_number guardian_mobile(家属手机号~Relative's mobile) last_seen(走失地点~Last seen) seen_on(走失日期~Date)
`;
