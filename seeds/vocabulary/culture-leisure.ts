/** Culture and leisure. One series a line; the columns are told in `../series.ts`. */
export const cultureLeisure = `
museums | culture-tourism | 博物馆纪念馆名录 | Museums and memorial halls | 博物馆=Museum | d | o | h | code name district address grade(等级~Grade~of:一级/二级/三级/未定级) exhibits(展品数~Exhibits~int:200:48000) hours
museum-visits | culture-tourism | 博物馆参观人次 | Museum visits | 馆月=Museum and month | y | o | m | museum(博物馆~Museum~name:博物馆) month visits(参观人次~Visits~int:2000:160000) minors(未成年人次~Minors~part:visits:8:32)
booking-slots | culture-tourism | 文博场馆预约入馆分时数据 | Hourly bookings of museums | 馆时段=Museum and slot | d | c | d | museum(场馆~Museum~name:博物馆) date hour booked(预约人次~Booked~int:10:1800) arrived(入馆人次~Arrived~part:booked:72:100)
libraries | culture-tourism | 公共图书馆及服务点 | Public libraries and branches | 图书馆=Library | d | o | q | code name district address seats(阅览座席~Seats~int:20:1200) volumes(藏书量（册）~Volumes~int:4000:980000) hours
loans | culture-tourism | 公共图书馆借阅排行 | Most borrowed books | 图书月份=Title and month | y | o | m | month class(图书分类~Class~of:文学/历史/经济/儿童/科普/艺术) loans(借阅次数~Loans~int:20:2400) share(占比（%）~Share (%)~dec:2:30:1)
loan-flows | culture-tourism | 图书通借通还物流流量 | Flows of books between branches | 流向月份=Flow and month | d | c | m | from_branch(借出馆~From~name:图书馆) to_branch(归还馆~To~name:图书馆) month volumes(册次~Volumes~int:10:3600)
performances | culture-tourism | 营业性演出信息 | Licensed performances | 演出=Performance | y | o | w | code performance(演出名称~Performance~name:音乐会) venue(场所~Venue~name:剧院) date kind(类型~Kind~of:音乐/戏曲/话剧/舞蹈/曲艺) seats(座位数~Seats~int:120:2400)
heritage | culture-tourism | 不可移动文物点 | Immovable heritage | 文物点=Heritage site | d | o | y | code name district age(年代~Age~of:明/清/民国/近现代) protection(保护级别~Protection~of:市级/区级/登记) kind(类别~Kind~of:古建筑/古墓葬/近现代重要史迹/石刻)
intangible | culture-tourism | 非物质文化遗产代表性项目 | Intangible heritage | 项目=Element | d | o | y | code element(项目名称~Element~name:传统工艺) district class(门类~Class~of:传统技艺/民间文学/传统音乐/传统医药/民俗) batch(批次~Batch~of:第一批/第二批/第三批/第四批)
scenic | culture-tourism | A级旅游景区名录 | Rated tourist sites | 景区=Tourist site | d | o | h | code name district address grade(等级~Grade~of:AAAAA/AAAA/AAA) capacity(日承载量（人）~Daily capacity~int:800:62000)
scenic-live | culture-tourism | 旅游景区实时客流 | Live visitors at tourist sites | 景区时刻=Site and time | k:滨江片区=the riverside,古镇片区=the old towns,湖区=the lakes,山林片区=the hills,城市公园=the city parks | c | t | site(景区~Site~name:景区) at visitors(在园人数~Visitors~int:10:38000) comfort(舒适度~Comfort~of:舒适/较舒适/一般/拥挤)
hotels-stat | culture-tourism | 星级饭店经营统计 | Business figures of rated hotels | 星级季度=Rating and quarter | y | o | q | quarter rating(星级~Rating~of:三星/四星/五星) occupancy(平均出租率（%）~Occupancy (%)~dec:38:86:1) price(平均房价（元）~Mean price (CNY)~int:240:980)
tourist-origin | culture-tourism | 游客来源地结构（运营商扩样） | Visitors by origin, scaled from networks | 来源月份=Origin and month | d | c | m | month district origin(来源地~Origin~of:本省/长江下游/华北/华南/境外) visitors(游客（万人次）~Visitors (10k)~dec:0:160:2) stay(平均停留（小时）~Mean stay (h)~dec:3:62:1)
guides | culture-tourism | 旅行社名录与等级 | Travel agencies | 旅行社=Agency | d | o | q | code agency(旅行社~Agency~org:国际旅行社有限公司) district address rating(等级~Rating~of:A/AA/AAA/AAAA)
venues | sports | 公共体育场馆开放信息 | Public sports venues | 场馆=Venue | d | o | m | code name district address sport(项目~Sport~of:羽毛球/游泳/乒乓球/篮球/足球/健身) hours free_slots(公益时段（小时/周）~Free hours a week~int:7:42)
courts-use | sports | 体育场馆场地预订分时明细 | Court bookings by hour | 场地时段=Court and slot | d | c | d | venue(场馆~Venue~name:体育馆) court(场地~Court~seq:C) date hour booked(是否预订~Booked~of:是/否) price(价格（元）~Price (CNY)~int:20:160)
trails | sports | 市民健身步道 | Fitness trails | 步道=Trail | d | o | y | code name district length_km(长度（公里）~Length (km)~dec:0:12:1) surface(面层~Surface~of:塑胶/透水混凝土/木栈道) lit(夜间照明~Lit~of:是/否)
races | sports | 体育赛事活动计划 | Sports events planned | 赛事=Event | y | o | q | code event(赛事~Event~name:公开赛) sport(项目~Sport~of:马拉松/赛艇/网球/自行车/龙舟) date district entries(参赛名额~Places~int:60:30000)
reader-cards | culture-tourism | 读者证办理登记 | Library-card holders | 读者=Reader | d | r | d | person_name id_number mobile email card_no(读者证号~Card)
guide-list | culture-tourism | 导游从业人员名册 | Register of tour guides | 导游=Guide | y | x | q | person_name id_number guide_no(导游证号~Guide licence) language(语种~Language) mobile
relic-stores | culture-tourism | 馆藏珍贵文物库房位置 | Storage places of precious relics | 文物=Relic | d | rx | y | relic_no(总登记号~Register number) relic(名称~Relic) store(库房位置~Store) valuation(估值~Valuation)
`;
