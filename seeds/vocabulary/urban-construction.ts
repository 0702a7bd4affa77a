/** Urban construction. One series a line; the columns are told in `../series.ts`. */
export const urbanConstruction = `
building-permits | housing | 建筑工程施工许可 | Construction permits | 许可=Permit | d | o | w | code project(工程名称~Project~name:住宅项目) district contractor(施工单位~Contractor~org:建设工程有限公司) floor_area(建筑面积（平方米）~Floor area (m2)~int:800:180000) issued(发证日期~Issued~date)
site-dust | housing | 建筑工地扬尘在线监测 | Dust at construction sites, online | 工地小时=Site and hour | d | c | hr | site(工地编号~Site~seq:S) at pm10(颗粒物（毫克/立方米）~Particles (mg/m3)~dec:0:1:3) noise(噪声（dB）~Noise (dB)~dec:48:86:1)
site-list | housing | 在建工地安全质量评价 | Safety ratings of building sites | 工地=Site | d | o | m | code project(工程名称~Project~name:工程) district stage(形象进度~Stage~of:基础/主体/装饰/收尾) score(评价得分~Score~dec:66:98:1)
new-homes | housing | 新建商品房上市与成交统计 | New homes offered and sold | 区月份=District and month | y | o | m | month district offered(上市面积（平方米）~Offered (m2)~int:2000:260000) sold(成交面积（平方米）~Sold (m2)~int:1000:240000) mean_price(成交均价（元/平方米）~Mean price (CNY/m2)~int:12000:86000)
rents | housing | 住房租赁参考价格 | Reference rents | 小区=Estate | d | o | q | subdistrict estate(小区~Estate~name:小区) layout(户型~Layout~of:一室/二室/三室) rent(月租（元）~Rent a month (CNY)~int:1500:14000)
deals | housing | 存量房成交网签明细（脱敏） | Second-hand home sales, de-identified | 成交=Sale | d | c | m | deal_no(成交编号~Sale~seq:D) month subdistrict floor_area(面积段（平方米）~Area band (m2)~of:50以下/50-70/70-90/90-120/120-144/144以上) unit_price(单价（元/平方米）~Price per m2 (CNY)~int:16000:98000)
estates | housing | 住宅小区基本信息 | Housing estates | 小区=Estate | d | o | h | code name subdistrict built_year(建成年代~Built~int:1978:2022) households(户数~Households~int:80:3600) manager(物业企业~Manager~org:物业服务有限公司)
repair-funds | housing | 维修资金使用公示汇总 | Use of maintenance funds | 小区季度=Estate and quarter | d | c | q | estate(小区编号~Estate~seq:E) quarter purpose(用途~Purpose~of:屋面/电梯/外墙/消防/管道) spent(支出（万元）~Spent (10k CNY)~dec:1:180:1) balance(余额（万元）~Balance (10k CNY)~dec:10:2600:1)
old-lifts | housing | 既有多层住宅加装电梯进度 | Lifts added to existing buildings | 项目=Project | d | o | m | code estate(小区~Estate~name:小区) district stage(阶段~Stage~of:意愿征询/立项/施工/完工) households(受益户数~Households~int:10:24)
contractors | housing | 建筑业企业资质 | Qualified building firms | 企业=Company | y | o | m | credit_code company(企业名称~Company~org:建筑工程有限公司) qualification(资质~Qualification~of:建筑工程/市政公用/机电安装/装修装饰/地基基础) grade(等级~Grade~of:一级/二级/三级) valid_until
green-spaces | landscaping | 公园绿地名录 | Parks and green spaces | 公园=Park | d | o | y | code name district address area_ha(面积（公顷）~Area (ha)~dec:0:140:1) hours class(类别~Class~of:综合公园/社区公园/专类公园/游园)
trees | landscaping | 古树名木 | Old and notable trees | 古树=Tree | d | o | y | code species(树种~Species~of:银杏/香樟/榉树/罗汉松/黄杨/朴树) district age_years(树龄（年）~Age (years)~int:100:620) girth(胸围（厘米）~Girth (cm)~int:120:560) lng lat
street-trees | landscaping | 行道树养护点位 | Street trees and their care | 行道树=Street tree | d | c | h | code road species(树种~Species~of:悬铃木/香樟/栾树/银杏) girth(胸径（厘米）~Diameter (cm)~int:12:76) lng lat checked(最近养护~Last care~date)
lamps | landscaping | 道路照明设施统计 | Street lighting | 道路=Road | d | o | y | code road district lamps(灯盏数~Lamps~int:12:520) led_share(LED占比（%）~LED share (%)~dec:30:100:1)
plans | planning | 控制性详细规划批后公布 | Approved detailed plans | 地块=Plot | d | o | m | plot(地块编号~Plot~seq:P) subdistrict land_use(用地性质~Land use~of:住宅/商业服务/公共服务/工业/绿地) area_ha(面积（公顷）~Area (ha)~dec:0:18:2) ratio(容积率~Floor-area ratio~dec:0.3:4.5:1)
land-sales | planning | 土地出让结果公示 | Land sales | 地块=Plot | y | o | m | plot(地块编号~Plot~seq:P) district land_use(用途~Use~of:住宅/商办/工业/租赁住房) area_ha(面积（公顷）~Area (ha)~dec:0:22:2) price(成交价（亿元）~Price (100m CNY)~dec:0:68:2) date
building-heights | planning | 建筑物轮廓与高度矢量 | Building outlines and heights | 建筑=Building | d | c | y | building(建筑编号~Building~seq:B) subdistrict floors(层数~Floors~int:1:52) height_m(高度（米）~Height (m)~part:floors:290:360) footprint(基底面积（平方米）~Footprint (m2)~int:40:9800)
boreholes | planning | 工程地质钻孔资料 | Geological boreholes | 钻孔=Borehole | d | c | y | borehole(钻孔编号~Borehole~seq:K) district depth_m(孔深（米）~Depth (m)~dec:12:120:1) layers(土层数~Layers~int:4:18) water_m(稳定水位（米）~Water level (m)~dec:0:4:2)
place-names | planning | 标准地名志 | Place names | 地名=Place name | d | o | y | code road pinyin_ready(拼音标注~Pinyin given~of:是/否) named(命名日期~Named~date) meaning(命名含义~Meaning~of:因水得名/因桥得名/序列命名/沿用旧名)
owners-list | housing | 房屋权利人登记 | Registered home owners | 房屋=Home | d | r | d | owner_name id_number home_address floor_area(面积~Area) mortgage(抵押情况~Mortgage)
rent-filing | housing | 住房租赁合同备案登记 | Filed tenancy contracts | 合同=Contract | d | x | d | tenant_name(承租人姓名~Tenant) id_number mobile home_address rent(租金~Rent)
pipelines | housing | 地下管线详图 | Detailed maps of underground pipes | 管段=Pipe section | d | rx | h | pipe_no(管段编号~Pipe) coordinate_x(坐标X~Coordinate X) coordinate_y(坐标Y~Coordinate Y) pressure(压力~Pressure) 
`;
