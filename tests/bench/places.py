"""Where the company works and how people are called there: cities are real, the rest invented."""

import random
from typing import NamedTuple


class City(NamedTuple):
    """A city with its province, area code, and degrees north and east."""

    name: str
    province: str
    code: str
    latitude: float
    longitude: float


CITIES = tuple(
    City(*row.split()[:3], *(float(one) for one in row.split()[3:]))
    for row in """
成都 四川省 028 30.66 104.07
绵阳 四川省 0816 31.47 104.68
乐山 四川省 0833 29.55 103.77
宜宾 四川省 0831 28.75 104.64
重庆 重庆市 023 29.56 106.55
武汉 湖北省 027 30.59 114.31
宜昌 湖北省 0717 30.69 111.29
襄阳 湖北省 0710 32.01 112.12
西安 陕西省 029 34.34 108.94
汉中 陕西省 0916 33.07 107.03
长沙 湖南省 0731 28.23 112.94
岳阳 湖南省 0730 29.36 113.13
厦门 福建省 0592 24.48 118.09
泉州 福建省 0595 24.87 118.68
六安 安徽省 0564 31.74 116.51
蚌埠 安徽省 0552 32.92 117.39
合肥 安徽省 0551 31.82 117.23
郑州 河南省 0371 34.75 113.63
洛阳 河南省 0379 34.62 112.45
菏泽 山东省 0530 35.23 115.48
济南 山东省 0531 36.65 117.12
昆明 云南省 0871 24.88 102.83
大理 云南省 0872 25.61 100.27
贵阳 贵州省 0851 26.65 106.63
遵义 贵州省 0851 27.73 106.93
南宁 广西 0771 22.82 108.37
兰州 甘肃省 0931 36.06 103.83
银川 宁夏 0951 38.49 106.23
南昌 江西省 0791 28.68 115.86
九江 江西省 0792 29.71 115.99
""".strip().splitlines()
)  # fmt: skip
STATIONS = {"CD": "成都", "WH": "武汉", "XA": "西安", "CQ": "重庆", "CS": "长沙", "HF": "合肥"}
"""Where people and parts are, by code; the first is the headquarters."""

_FIRST = "锦渝麓鹭霍蒲楚灞曲云嘉淮峡沔明涪岚澜石桐青沣汐衡泽松柏泉溪江海安宁瑞和"
_SECOND = "浣岚澜汀涞沣雁岭井畔奥湖川原台城山河津洲浦塘屏峰坪岸林苑桥渡湾谷泉庄门陵"
_STREETS = ("健康", "迎河", "石栈", "桐荫", "浦江", "橙林", "定川", "岭南", "盐关", "曲雁")
_DEGREES = ("三甲", "三甲", "三乙", "二甲", "二甲", "二乙", "未定级")
_KINDS = (
    ("人民医院", "综合医院"),
    ("第一医院", "综合医院"),
    ("第二医院", "综合医院"),
    ("中医医院", "中医医院"),
    ("妇幼保健院", "妇幼保健院"),
    ("肿瘤医院", "专科医院"),
    ("骨科医院", "专科医院"),
    ("县医院", "县医院"),
    ("血液透析中心", "血液透析中心"),
    ("健康体检中心", "体检中心"),
)
_ENGLISH = ("Lakeside", "Northgate", "Harbour", "Maple", "Riverside", "St. Alban", "Greenfield")
_CLINICS = ("International Hospital", "Family Clinic", "Heart Centre", "Women's Hospital")

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许邓冯韩曹"
    "曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢单仇解查盖乐朴冉尹缪卜岳华区尉"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华文玉兰红梅晓燕志远"
    "建国海波立群小东国栋雪思春花云飞天佑一诺子涵雨欣"
)
_WESTERN = ("Anna Berg", "Mark Hollis", "Ines Duarte", "Tom Walsh", "Sofia Lind", "Paul Ackers")
POSITIONS = ("科长", "护士长", "主任", "技师长", "工程师", "组长", "Head nurse", "Manager")

_PINYIN = {
    "王": "wang", "李": "li", "张": "zhang", "刘": "liu", "陈": "chen", "杨": "yang",
    "黄": "huang", "赵": "zhao", "周": "zhou", "吴": "wu",
}  # fmt: skip


def hospital(place: City, chance: random.Random) -> tuple[str, str, str]:
    """Return the name, the short name and the kind of a customer in a city."""
    kind, group = chance.choice(_KINDS)
    own = chance.choice(_FIRST) + chance.choice(_SECOND)
    if chance.random() < 0.06:
        english = f"{chance.choice(_ENGLISH)} {chance.choice(_CLINICS)}"
        return f"{place.name}{own}国际医院 {english}", f"{own}国际", "外资综合医院"
    if chance.random() < 0.4:
        return f"{place.name}市{own}区{kind}", f"{own}区{kind[:2]}", group
    return f"{place.name}{own}{kind}", f"{own}{kind[:2]}", group


def address(place: City, chance: random.Random) -> str:
    """Return an address that is nowhere."""
    district = chance.choice(_FIRST) + chance.choice(_SECOND)
    street = chance.choice(_STREETS)
    return f"{place.province}{place.name}市{district}区{street}路{chance.randint(1, 400)}号"


def level(chance: random.Random) -> str:
    """Return the grade of a hospital."""
    return chance.choice(_DEGREES)


def person_name(chance: random.Random) -> str:
    """Return a name, mostly Chinese."""
    if chance.random() < 0.05:
        return chance.choice(_WESTERN)
    given = "".join(chance.choice(_GIVEN) for _ in range(chance.choice((1, 2, 2))))
    return chance.choice(_SURNAMES) + given


def colleague(count: int, chance: random.Random) -> tuple[str, str]:
    """Return the login and the name of somebody of the company."""
    surname = chance.choice(tuple(_PINYIN))
    given = "".join(chance.choice(_GIVEN) for _ in range(2))
    return f"{_PINYIN[surname]}.{count:02}", surname + given
