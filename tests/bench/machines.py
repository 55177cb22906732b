"""What stands at customers: kinds of devices, their models and parts, and how their faults sound.

Makers and models are invented. `{n}`, `{m}` and `{code}` are filled by chance.
"""

import random
from typing import NamedTuple


class Model(NamedTuple):
    """A model of an invented maker; serials begin with `prefix`."""

    maker: str
    model: str
    name: str
    prefix: str


class Story(NamedTuple):
    """How a fault is told from the call to the cure."""

    fault: str
    answer: str
    found: str
    cure: str


class Machine(NamedTuple):
    """A kind of device; `weight` says how many there are of it."""

    kind: str
    department: str
    weight: int
    core: bool
    models: tuple[Model, ...]
    parts: tuple[str, ...]
    stories: tuple[Story, ...]


BRANTHOLM, NORRVIK, PELLWORTH = "布兰霍姆 Brantholm", "诺维克 Norrvik", "佩沃斯 Pellworth"
LANCHUAN, HENGYAO, ZESHEN, ANLING = "岚川生命科技", "恒曜影像", "泽深声学", "安翎呼吸"
HENGYU, XIHE, LANJING = "衡屿诊断", "汐合血净", "澜景医疗"


def _stories(*told: str) -> tuple[Story, ...]:
    return tuple(Story(*(part.strip() for part in one.split(" / "))) for one in told)


MACHINES = (
    Machine(
        "ct", "放射科", 2, True,
        (
            Model(BRANTHOLM, "Axiel 64", "64排CT", "BH"),
            Model(BRANTHOLM, "Axiel 128", "128排CT", "BH"),
            Model(HENGYAO, "HY-16", "16排CT", "HY"),
        ),
        ("X线球管", "探测器模块", "滑环碳刷", "高压发生器板"),
        _stories(
            "扫描到第{n}层中断，报高压故障 {code} / 日志里打火次数上升 / 球管打火 / 更换X线球管，排气后做空气校准",
            "头颅平扫有环形伪影 / 环的位置固定 / 第{n}号探测器模块坏 / 更换探测器模块，重做均匀性校准",
            "机架转动有异响，转速上不去 / 先停用快速扫描 / 皮带磨损打滑 / 更换机架皮带并调张力",
            "Scan aborts at slice {n}, error {code} / Tube arcs in the log / Tube near its end / Replaced the tube",
        ),
    ),
    Machine(
        "mri", "放射科", 1, True,
        (
            Model(BRANTHOLM, "Corvane 3", "3.0T磁共振", "BM"),
            Model(HENGYAO, "HY-M15", "1.5T磁共振", "HM"),
        ),
        ("梯度功放模块", "射频线圈", "冷头", "水冷泵"),
        _stories(
            "做弥散时中断，提示等待冷却 / 室温 {n}℃ / 水冷流量不足 / 清洗水冷过滤器，流量恢复",
            "头线圈第{n}通道没有信号 / 换插口一样 / 线圈插头针脚弯 / 更换线圈插头，信噪比合格",
            "液氦压力高，报 {code} / 冷头声音不对 / 冷头老化 / 更换冷头，压力回到正常",
            "Gradient fault {code} during EPI / Restarted twice / Amplifier module X failed / Replaced amplifier",
        ),
    ),
    Machine(
        "dr", "放射科", 4, False,
        (
            Model(LANJING, "LJ-DR760", "悬吊DR", "LJ"),
            Model(LANJING, "LJ-M320", "移动DR", "LM"),
            Model(HENGYAO, "HY-D500", "双板DR", "HD"),
        ),
        ("平板探测器", "限束器灯泡", "曝光手闸", "工作站硬盘"),
        _stories(
            "平板连不上，报 {code} / 重启后能连几分钟 / 平板电池触点氧化 / 清洁触点并更换电池",
            "曝光手闸按下没有反应 / 用遥控可以曝光 / 手闸线断 / 更换曝光手闸，连续曝光{n}次正常",
            "工作站死机，图像丢了{m}张 / 内存诊断报错 / 硬盘坏道 / 更换硬盘，图像从平板缓存取回",
            "No exposure, door lamp stays red / Door contact checked / Interlock cable torn / Replaced cable",
        ),
    ),
    Machine(
        "mammography", "放射科", 1, False,
        (Model(LANJING, "LJ-MG2", "乳腺机", "MG"), Model(BRANTHOLM, "Mirael 5", "乳腺机", "BG")),
        ("压迫板", "滤线栅", "压迫电机"),
        _stories(
            "压迫板松不开，病人被夹住过 / 已手动松开 / 压迫电机编码器坏 / 更换编码器，压力校准{n}牛",
            "图像有横纹，质控不过 / 换板一样 / 滤线栅电机停转 / 更换滤线栅电机，质控合格",
        ),
    ),
    Machine(
        "c_arm", "手术室", 2, True,
        (Model(BRANTHOLM, "Arcon 9", "移动C臂", "BC"), Model(LANJING, "LJ-C12", "移动C臂", "LC")),
        ("影像增强器", "脚踏开关", "高压电缆"),
        _stories(
            "透视没有图像，手术在等 / 换脚踏一样 / 高压电缆接触不良 / 更换高压电缆，透视正常",
            "升降不动，报 {code} / 限位开关正常 / 升降柱电机坏 / 更换升降电机，行程{n}毫米",
            "Fluoroscopy image drifts to dark / Brightness control tested / Camera board failed / Replaced board",
        ),
    ),
    Machine(
        "ultrasound", "超声科", 9, False,
        (
            Model(BRANTHOLM, "Sonelle 9", "彩超", "BU"),
            Model(ZESHEN, "Zeta-70", "彩超", "ZS"),
            Model(ZESHEN, "Zeta-P3", "便携彩超", "ZP"),
        ),
        ("凸阵探头", "线阵探头", "轨迹球", "电源板"),
        _stories(
            "凸阵探头有{n}条黑线 / 换插口一样 / 探头阵元坏 / 更换探头，模体测试合格",
            "开机停在自检，风扇转 / 断电十分钟还是停 / 电源板电容鼓包 / 更换电源板，老化{n}小时",
            "轨迹球发涩，光标乱跳 / 耦合剂渗进去了 / 滚轴沾胶 / 电话指导拆洗，光标恢复",
            "Probe {n} not recognised after cleaning / Other port is the same / Connector wet / Dried and tested",
        ),
    ),
    Machine(
        "ventilator", "ICU", 10, True,
        (
            Model(NORRVIK, "Aurel 7", "有创呼吸机", "NV"),
            Model(ANLING, "AL-V80", "有创呼吸机", "AL"),
            Model(ANLING, "AL-V60", "呼吸机", "AV"),
        ),
        ("涡轮风机", "呼气阀", "氧电池", "流量传感器"),
        _stories(
            "{n}床呼吸机报“技术故障”停机，病人已换机 / 请科室不要再用 / 涡轮转速反馈丢失 / 更换涡轮风机，运行{m}小时正常",
            "潮气量设 450 只有 {n}0，换管路一样 / 吸气侧正常 / 呼气阀膜片老化 / 更换呼气阀组件并校准",
            "氧浓度低报警，设 40% 只显示 {n}% / 先试两点校准 / 氧电池到期 / 更换氧电池，校准后准确",
            "Low expired volume alarm on bed {n} / Circuit changed / Flow sensor drifted / Replaced flow sensor",
        ),
    ),
    Machine(
        "anaesthesia", "麻醉科", 4, True,
        (Model(NORRVIK, "Narcis 3", "麻醉机", "NN"), Model(ANLING, "AL-A500", "麻醉机", "AA")),
        ("吸气比例阀", "蒸发罐", "脚轮"),
        _stories(
            "麻醉机报“吸气阀故障”，不能机控 / 排空重启后仍报 / 比例阀卡滞 / 更换比例阀并做流量标定",
            "系统泄漏 {n}0 mL/min，自检不过 / 钠石灰罐重装过 / 密封圈老化 / 更换密封圈，泄漏合格",
        ),
    ),
    Machine(
        "monitor", "ICU", 22, False,
        (
            Model(LANCHUAN, "LC-M12", "病人监护仪", "LC"),
            Model(LANCHUAN, "LC-M15", "插件式监护仪", "LD"),
            Model(NORRVIK, "Vigil 4", "病人监护仪", "NG"),
        ),
        ("血氧探头", "心电导联线", "血压袖带", "参数板"),
        _stories(
            "血氧探头时好时坏，{n}床等着用 / 换探头能用 / 探头线断 / 更换血氧探头",
            "无创血压总是超时，换人也这样 / 袖带是儿童的 / 袖带漏气 / 更换成人袖带，连测{n}次正常",
            "中央站看不到{n}床 / 床旁机正常 / 网线水晶头松 / 重做网线，中央站恢复",
            "SpO2 reads {n} on everybody / Cable swapped / Parameter board failed / Replaced parameter board",
        ),
    ),
    Machine(
        "central_station", "ICU", 1, True,
        (Model(LANCHUAN, "LC-CS8", "中央监护站", "LS"),),
        ("工作站硬盘", "交换机", "显示器"),
        _stories(
            "中央站死机，全科监护仪都看不到 / 请护士床旁看护 / 硬盘损坏 / 更换硬盘恢复软件，{n}床全部接入",
            "Central station lost {n} beds after the power cut / Switch restarted / Port burnt / Replaced switch",
        ),
    ),
    Machine(
        "dialysis", "血透室", 9, True,
        (Model(NORRVIK, "Renova 2", "血液透析机", "NR"), Model(XIHE, "XH-D6", "血液透析机", "XH")),
        ("血泵电机", "平衡腔", "B液比例泵", "漏血传感器"),
        _stories(
            "{n}号机电导 12.8 上不去，报警 / A液吸管重插过 / B泵隔膜老化 / 更换隔膜和单向阀，电导稳定",
            "血泵不转，报 {code}，已手摇回血 / 病人换机继续 / 碳刷磨损卡死 / 更换血泵电机，流量校验合格",
            "漏血报警误报，透析液是清的 / 窗口可能结垢 / 漏血检测腔结垢 / 酸洗除钙并重新定标",
            "Conductivity of machine {n} drifts by {m} / Concentrate changed / Pump worn / Replaced the pump",
        ),
    ),
    Machine(
        "infusion_pump", "住院部", 20, False,
        (
            Model(PELLWORTH, "P3", "输液泵", "P3"),
            Model(LANCHUAN, "LC-P3", "输液泵", "LP"),
            Model(LANCHUAN, "LC-S5", "微量注射泵", "LW"),
        ),
        ("压力传感器", "电池", "泵门卡扣", "按键薄膜"),
        _stories(
            "{n}床输液泵报“管路有气泡”，排了几次 / 灵敏度可能被改 / 气泡灵敏度设错 / 指导改回，重新装管后正常",
            "自检过不去，{code}，不能用 / 重启三次一样 / 压力传感器断 / 更换传感器，三档标定",
            "转运时电池撑不到{n}分钟 / 健康度只有 {m}1% / 电池老化 / 更换电池，放电试验合格",
            "Pump alarms occlusion with the line open / New set tried / Sensor drifted / Calibrated pressure",
        ),
    ),
    Machine(
        "analyser", "检验科", 5, False,
        (Model(HENGYU, "HU-480", "全自动生化仪", "HU"), Model(HENGYU, "HU-800", "全自动生化仪", "HV")),
        ("加样针", "比色杯", "光源灯", "制冷片"),
        _stories(
            "比色杯残留水多，洗完还湿 / 清洗站负压低 / 真空泵膜片破 / 更换膜片，杯空白{n}0个全部通过",
            "结果发不到LIS，只能手抄 / 昨天LIS升级 / 端口改了 / 指导改通信端口并重发{n}条",
            "试剂冷藏不制冷，温度到{n}℃ / 已把试剂移到冰箱 / 制冷片坏 / 更换制冷片和风扇",
        ),
    ),
    Machine(
        "blood_gas", "检验科", 3, False,
        (Model(HENGYU, "HU-BG3", "血气分析仪", "HB"),),
        ("电极", "蠕动泵管", "打印机"),
        _stories(
            "定标不过，pH 漂 0.0{n} / 换定标液一样 / 电极老化 / 更换电极，质控在控",
            "Calibration of pO2 fails with {code} / Cartridge changed / Tubing leaks / Replaced pump tubing",
        ),
    ),
    Machine(
        "haematology", "检验科", 3, False,
        (Model(HENGYU, "HU-5D", "血球仪", "HX"),),
        ("采样针", "宝石孔", "废液泵"),
        _stories(
            "堵孔报警，白细胞全低 / 反冲{n}次还堵 / 宝石孔有血丝 / 清洗宝石孔，本底合格",
            "采样针撞针，报 {code} / 试管架放反 / 采样针弯 / 更换采样针并调位置",
        ),
    ),
    Machine(
        "endoscope", "内镜中心", 4, False,
        (Model(BRANTHOLM, "Lucis 2", "电子胃镜", "BE"), Model(ZESHEN, "Zeta-E1", "电子肠镜", "ZE")),
        ("弯曲橡皮", "冷光源灯", "送水阀"),
        _stories(
            "测漏有气泡，弯曲部漏水 / 请不要再浸泡 / 弯曲橡皮破 / 更换弯曲橡皮，测漏合格",
            "图像发红，{n}分钟后变黑 / 换光源一样 / CCD 进水 / 送工厂更换头端",
        ),
    ),
    Machine(
        "defibrillator", "急诊科", 4, True,
        (Model(NORRVIK, "Pulsar 1", "除颤仪", "ND"), Model(LANCHUAN, "LC-D2", "除颤仪", "LF")),
        ("电池", "电极板", "充电电容"),
        _stories(
            "充电到 {n}0 焦就停，自检不过 / 备用机已到位 / 电容老化 / 更换充电电容，能量校验合格",
            "Battery of the defibrillator holds {n} minutes / Spare one tried / Battery worn / Replaced battery",
        ),
    ),
    Machine(
        "ecg", "心电图室", 6, False,
        (Model(LANCHUAN, "LC-E12", "十二导心电图机", "LE"),),
        ("导联线", "热敏打印头", "电池"),
        _stories(
            "V{n}导联没有波形，换电极也没有 / 换病人一样 / 导联线断 / 更换导联线，十二导正常",
            "打印淡，有白线 / 纸换过 / 打印头烧点 / 更换热敏打印头",
        ),
    ),
    Machine(
        "incubator", "新生儿科", 5, True,
        (Model(ANLING, "AL-B6", "婴儿培养箱", "AB"),),
        ("温度传感器", "风道电机", "箱门铰链"),
        _stories(
            "{n}号暖箱温度到 38℃ 报警，孩子已移出 / 传感器换插一样 / 皮肤温度传感器漂 / 更换传感器并校准",
            "风道异响，噪声大 / 滤棉发黑 / 风道电机轴承坏 / 更换电机，噪声 {n} dB",
        ),
    ),
    Machine(
        "electrosurgery", "手术室", 5, False,
        (Model(PELLWORTH, "E400", "高频电刀", "PE"),),
        ("负极板线", "脚踏开关", "功率板"),
        _stories(
            "电刀没有输出，负极板报警 / 换极板一样 / 负极板线断 / 更换负极板线，{n}0 瓦输出合格",
            "Cut mode gives half power, {code} / Footswitch changed / Output board failed / Replaced board",
        ),
    ),
    Machine(
        "steriliser", "供应室", 2, False,
        (Model(XIHE, "XH-S6", "压力蒸汽灭菌器", "XS"),),
        ("门封条", "真空泵", "温度探头"),
        _stories(
            "BD 测试不过，真空到不了 {n} 千帕 / 门封擦过 / 真空泵叶片磨损 / 更换真空泵，BD 合格",
            "门打不开，报 {code} / 压力表为零 / 门锁电磁阀卡 / 清洗电磁阀，开关{n}次正常",
        ),
    ),
)  # fmt: skip
BY_KIND = {one.kind: one for one in MACHINES}

WHEN = (
    "",
    "",
    "",
    "今天早上开始，",
    "昨晚起，",
    "上周修过，又来了：",
    "刚才突然，",
    "Since this morning: ",
)
URGENT = (
    "",
    "",
    "",
    "，科室急用",
    "，病人在等",
    "，没有备机",
    "，重启三次一样",
    ", patients are waiting",
)
_CODES = ("HV-217", "E22", "COM-1142", "BP-11", "F-08", "ERR 305", "T-91", "A-440")


def told(story: Story, chance: random.Random) -> Story:
    """Return a story with its figures, as one caller tells it."""
    values = {"n": chance.randint(2, 48), "m": chance.randint(2, 9), "code": chance.choice(_CODES)}
    fault, answer, found, cure = (part.format_map(values) for part in story)
    fault = f"{chance.choice(WHEN)}{fault}{chance.choice(URGENT)}"
    return Story(fault, answer, found, cure)
