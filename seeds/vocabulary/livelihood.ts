/** Livelihood services. One series a line; the columns are told in `../series.ts`. */
export const livelihood = `
service-halls | government-affairs | 政务服务中心办事指南 | Service centres and what they handle | 中心=Service centre | d | o | m | code name district address hours items_handled(可办事项数~Matters~int:60:1800)
hotline-stat | government-affairs | 市民热线诉求分类统计 | Citizens' hotline requests by subject | 类别月份=Subject and month | d | o | m | month district subject(诉求类别~Subject~of:物业管理/噪声扰民/停车/供水供气/消费维权/市容) requests(诉求量~Requests~int:30:16000) satisfaction(满意率（%）~Satisfied (%)~dec:72:98:1)
hotline-text | government-affairs | 市民热线诉求文本（脱敏） | Hotline requests, de-identified text | 诉求=Request | d | c | w | request_no(诉求编号~Request~seq:Q) date subject(诉求类别~Subject~of:物业管理/噪声扰民/停车/供水供气/消费维权) summary(摘要~Summary~map:subject:物业管理=反映楼道照明损坏未修/噪声扰民=反映夜间施工噪声/停车=建议增设非机动车停放点/供水供气=咨询燃气开户流程/消费维权=反映预付卡退费难) unit(承办单位~Handled by~map:subject:物业管理=住房城乡建设管理委/噪声扰民=生态环境局/停车=交通委/供水供气=水务局/消费维权=市场监管局)
handling | government-affairs | 一网通办事项办理时长 | Handling times of online services | 事项月份=Matter and month | y | c | m | month matter(事项~Matter~of:居住证办理/企业开办/不动产登记/社保转移/公积金提取) applications(办件量~Applications~int:60:48000) median_days(办结中位天数~Median days~dec:0:9:1)
toilets | landscaping | 公共厕所分布 | Public toilets | 公厕=Public toilet | d | o | q | code name district address hours accessible(无障碍~Accessible~of:是/否) lng lat
waste-points | landscaping | 生活垃圾分类投放点 | Waste-sorting points | 投放点=Sorting point | d | o | q | code subdistrict road hours bins(容器数~Bins~int:4:18)
waste-volume | landscaping | 生活垃圾分类清运量 | Household waste collected by class | 区月份=District and month | y | o | m | month district residual(干垃圾（吨）~Residual (t)~int:2000:36000) kitchen(湿垃圾（吨）~Kitchen (t)~int:1500:26000) recyclable(可回收物（吨）~Recyclable (t)~int:900:19000) collected(合计（吨）~Total (t)~sum:residual+kitchen+recyclable)
truck-tracks | landscaping | 环卫作业车辆轨迹（抽稀） | Tracks of cleaning vehicles, thinned | 轨迹点=Track point | d | c | d | vehicle_key(车辆匿名编号~Anonymous vehicle key~seq:V) at lng lat task(作业类型~Task~of:清扫/洒水/清运/冲洗)
food-shops | market-regulation | 餐饮单位食品安全等级 | Food-safety grades of restaurants | 餐饮单位=Restaurant | d | o | m | code company(单位名称~Restaurant~org:餐饮管理有限公司) district address grade(等级~Grade~of:A/A/B/C) checked(检查日期~Checked~date)
food-samples | market-regulation | 食品安全监督抽检结果 | Results of food sampling | 样品=Sample | y | o | w | code food(食品~Food~of:粮食加工品/乳制品/蔬菜制品/糕点/食用农产品/饮料) sampled(抽样日期~Sampled~date) result(结论~Result~of:合格/合格/合格/不合格) item(不合格项目~Failed item~when:result=不合格:菌落总数/过氧化值/农药残留/标签)
elevators | market-regulation | 电梯注册与检验 | Lifts registered and inspected | 电梯=Lift | d | o | m | code district address floors(层站数~Floors~int:3:48) inspected(检验日期~Inspected~date) next_due(下次检验~Next due~date) result(结论~Result~of:合格/合格/复检合格)
lift-faults | market-regulation | 电梯困人故障明细 | Lift entrapments | 故障=Fault | d | c | m | lift_no(电梯编号~Lift~seq:T) at rescue_min(解救时长（分钟）~Rescue (min)~int:6:62) cause(原因~Cause~of:门系统/控制系统/外部停电/使用不当) lift_age(使用年限~Age (years)~int:1:24)
consumer | market-regulation | 消费者投诉公示 | Consumer complaints published | 经营者=Trader | d | o | m | code trader(经营者~Trader~org:商贸有限公司) month complaints(投诉量~Complaints~int:1:260) settled(调解成功率（%）~Settled (%)~dec:30:96:1)
gas-outages | housing | 燃气停气检修公告 | Gas supply interruptions | 公告=Notice | d | o | w | code district road start_date hours_off(停气时长（小时）~Hours off~int:3:14) households(影响户数~Households~int:40:5200)
water-outages | water | 供水停水降压公告 | Water supply interruptions | 公告=Notice | d | o | w | code district road start_date hours_off(停水时长（小时）~Hours off~int:2:12) households(影响户数~Households~int:40:7200)
meter-load | water | 小区二次供水用水量小时曲线 | Hourly water use of housing estates | 小区小时=Estate and hour | d | c | d | estate(小区匿名编号~Estate key~seq:E) date hour volume(用水量（立方米）~Volume (m3)~dec:1:96:1)
fresh-markets | commerce | 标准化菜市场与早餐点 | Fresh-food markets and breakfast stalls | 网点=Outlet | d | o | q | code name district address stalls(摊位数~Stalls~int:3:220) opens(开市时间~Opens~of:05:30/06:00/06:30)
express | commerce | 末端配送服务站与快件箱 | Parcel lockers and service points | 服务站=Service point | d | o | h | code name district address lockers(格口数~Compartments~int:24:360)
housekeeping | commerce | 家政服务持证上门人员 | Certified domestic workers | 人员=Worker | d | x | m | person_name id_number mobile certificate_no(上门证号~Certificate) employer(服务机构~Agency)
hotline-raw | government-affairs | 市民热线来电原始记录 | Hotline calls, original records | 来电=Call | y | r | t | caller_name(来电人姓名~Caller) caller_mobile(来电号码手机号~Caller's mobile) home_address content(诉求内容~Request) recording(录音文件~Recording)
subsidy-accounts | government-affairs | 惠民补贴发放账户 | Accounts receiving subsidies | 账户=Account | d | rx | m | person_name id_number bank_card amount_paid(发放金额~Amount) subsidy(补贴项目~Subsidy)
`;
