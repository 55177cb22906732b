"""What stands at customers: kinds of devices, their models and parts, and how their faults sound.

Makers and models are invented. In stories `{n}`, `{m}` and `{code}` are filled by chance.
"""

import csv
import random
from pathlib import Path
from typing import NamedTuple

from dispatch_tui.desk.demo import sample_folder


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

    @property
    def stories(self) -> list[Story]:
        """How the faults of this kind are told."""
        return _STORIES[self.kind]


BRANTHOLM, NORRVIK, PELLWORTH = "布兰霍姆 Brantholm", "诺维克 Norrvik", "佩沃斯 Pellworth"
LANCHUAN, HENGYAO, ZESHEN, ANLING = "岚川生命科技", "恒曜影像", "泽深声学", "安翎呼吸"
HENGYU, XIHE, LANJING = "衡屿诊断", "汐合血净", "澜景医疗"


MACHINES = (
    Machine(
        "ct", "放射科", 2, True,
        (
            Model(BRANTHOLM, "Axiel 64", "64排CT", "BH"),
            Model(BRANTHOLM, "Axiel 128", "128排CT", "BH"),
            Model(HENGYAO, "HY-16", "16排CT", "HY"),
        ),
        ("X线球管", "探测器模块", "滑环碳刷", "高压发生器板"),
    ),
    Machine(
        "mri", "放射科", 1, True,
        (
            Model(BRANTHOLM, "Corvane 3", "3.0T磁共振", "BM"),
            Model(HENGYAO, "HY-M15", "1.5T磁共振", "HM"),
        ),
        ("梯度功放模块", "射频线圈", "冷头", "水冷泵"),
    ),
    Machine(
        "dr", "放射科", 4, False,
        (
            Model(LANJING, "LJ-DR760", "悬吊DR", "LJ"),
            Model(LANJING, "LJ-M320", "移动DR", "LM"),
            Model(HENGYAO, "HY-D500", "双板DR", "HD"),
        ),
        ("平板探测器", "限束器灯泡", "曝光手闸", "工作站硬盘"),
    ),
    Machine(
        "mammography", "放射科", 1, False,
        (Model(LANJING, "LJ-MG2", "乳腺机", "MG"), Model(BRANTHOLM, "Mirael 5", "乳腺机", "BG")),
        ("压迫板", "滤线栅", "压迫电机"),
    ),
    Machine(
        "c_arm", "手术室", 2, True,
        (Model(BRANTHOLM, "Arcon 9", "移动C臂", "BC"), Model(LANJING, "LJ-C12", "移动C臂", "LC")),
        ("影像增强器", "脚踏开关", "高压电缆"),
    ),
    Machine(
        "ultrasound", "超声科", 9, False,
        (
            Model(BRANTHOLM, "Sonelle 9", "彩超", "BU"),
            Model(ZESHEN, "Zeta-70", "彩超", "ZS"),
            Model(ZESHEN, "Zeta-P3", "便携彩超", "ZP"),
        ),
        ("凸阵探头", "线阵探头", "轨迹球", "电源板"),
    ),
    Machine(
        "ventilator", "ICU", 10, True,
        (
            Model(NORRVIK, "Aurel 7", "有创呼吸机", "NV"),
            Model(ANLING, "AL-V80", "有创呼吸机", "AL"),
            Model(ANLING, "AL-V60", "呼吸机", "AV"),
        ),
        ("涡轮风机", "呼气阀", "氧电池", "流量传感器"),
    ),
    Machine(
        "anaesthesia", "麻醉科", 4, True,
        (Model(NORRVIK, "Narcis 3", "麻醉机", "NN"), Model(ANLING, "AL-A500", "麻醉机", "AA")),
        ("吸气比例阀", "蒸发罐", "脚轮"),
    ),
    Machine(
        "monitor", "ICU", 22, False,
        (
            Model(LANCHUAN, "LC-M12", "病人监护仪", "LC"),
            Model(LANCHUAN, "LC-M15", "插件式监护仪", "LD"),
            Model(NORRVIK, "Vigil 4", "病人监护仪", "NG"),
        ),
        ("血氧探头", "心电导联线", "血压袖带", "参数板"),
    ),
    Machine(
        "central_station", "ICU", 1, True,
        (Model(LANCHUAN, "LC-CS8", "中央监护站", "LS"),),
        ("工作站硬盘", "交换机", "显示器"),
    ),
    Machine(
        "dialysis", "血透室", 9, True,
        (Model(NORRVIK, "Renova 2", "血液透析机", "NR"), Model(XIHE, "XH-D6", "血液透析机", "XH")),
        ("血泵电机", "平衡腔", "B液比例泵", "漏血传感器"),
    ),
    Machine(
        "infusion_pump", "住院部", 20, False,
        (
            Model(PELLWORTH, "P3", "输液泵", "P3"),
            Model(LANCHUAN, "LC-P3", "输液泵", "LP"),
            Model(LANCHUAN, "LC-S5", "微量注射泵", "LW"),
        ),
        ("压力传感器", "电池", "泵门卡扣", "按键薄膜"),
    ),
    Machine(
        "analyser", "检验科", 5, False,
        (
            Model(HENGYU, "HU-480", "全自动生化仪", "HU"),
            Model(HENGYU, "HU-800", "全自动生化仪", "HV"),
        ),
        ("加样针", "比色杯", "光源灯", "制冷片"),
    ),
    Machine(
        "blood_gas", "检验科", 3, False,
        (Model(HENGYU, "HU-BG3", "血气分析仪", "HB"),),
        ("电极", "蠕动泵管", "打印机"),
    ),
    Machine(
        "haematology", "检验科", 3, False,
        (Model(HENGYU, "HU-5D", "血球仪", "HX"),),
        ("采样针", "宝石孔", "废液泵"),
    ),
    Machine(
        "endoscope", "内镜中心", 4, False,
        (Model(BRANTHOLM, "Lucis 2", "电子胃镜", "BE"), Model(ZESHEN, "Zeta-E1", "电子肠镜", "ZE")),
        ("弯曲橡皮", "冷光源灯", "送水阀"),
    ),
    Machine(
        "defibrillator", "急诊科", 4, True,
        (Model(NORRVIK, "Pulsar 1", "除颤仪", "ND"), Model(LANCHUAN, "LC-D2", "除颤仪", "LF")),
        ("电池", "电极板", "充电电容"),
    ),
    Machine(
        "ecg", "心电图室", 6, False,
        (Model(LANCHUAN, "LC-E12", "十二导心电图机", "LE"),),
        ("导联线", "热敏打印头", "电池"),
    ),
    Machine(
        "incubator", "新生儿科", 5, True,
        (Model(ANLING, "AL-B6", "婴儿培养箱", "AB"),),
        ("温度传感器", "风道电机", "箱门铰链"),
    ),
    Machine(
        "electrosurgery", "手术室", 5, False,
        (Model(PELLWORTH, "E400", "高频电刀", "PE"),),
        ("负极板线", "脚踏开关", "功率板"),
    ),
    Machine(
        "steriliser", "供应室", 2, False,
        (Model(XIHE, "XH-S6", "压力蒸汽灭菌器", "XS"),),
        ("门封条", "真空泵", "温度探头"),
    ),
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


def _stories() -> dict[str, list[Story]]:
    """The stories of this folder, and those that the sample data tell."""
    found: dict[str, list[Story]] = {}
    for row in _rows(Path(__file__).with_name("stories.csv")):
        found.setdefault(row.pop("kind"), []).append(Story(**row))
    sample = sample_folder()
    kinds = {row["serial"]: row["kind"] for row in _rows(sample / "devices.csv")}
    for row in _rows(sample / "tickets.csv"):
        told = (row["fault"], row["response_note"], row["found"], row["what_was_done"])
        if told[0] and told[3] and not any("{" in part for part in told):
            found.setdefault(kinds.get(row["device_serial"], ""), []).append(Story(*told))
    return found


_STORIES = _stories()
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
