"""Names for the sample company's people, with their spelling in an e-mail address."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_FAMILY = (
    "王 wang 李 li 张 zhang 刘 liu 陈 chen 杨 yang 赵 zhao 黄 huang 周 zhou 吴 wu 徐 xu 孙 sun "
    "胡 hu 朱 zhu 高 gao 林 lin 何 he 郭 guo 马 ma 罗 luo 梁 liang 宋 song 郑 zheng 谢 xie "
    "韩 han 唐 tang 冯 feng 于 yu 董 dong 萧 xiao 程 cheng 曹 cao 袁 yuan 邓 deng 许 xu 傅 fu "
    "沈 shen 曾 zeng 彭 peng 吕 lv"
)
_GIVEN = (
    "思远 siyuan 雨桐 yutong 嘉怡 jiayi 子涵 zihan 明哲 mingzhe 晓雯 xiaowen 文博 wenbo "
    "若曦 ruoxi 浩然 haoran 静怡 jingyi 志强 zhiqiang 佳宁 jianing 俊杰 junjie 梦瑶 mengyao "
    "一鸣 yiming 诗涵 shihan 天宇 tianyu 欣妍 xinyan 立群 liqun 婉清 wanqing 建国 jianguo "
    "可欣 kexin 承志 chengzhi 书瑶 shuyao 振东 zhendong 晨曦 chenxi 海燕 haiyan 宇轩 yuxuan "
    "雅琴 yaqin 国栋 guodong 依诺 yinuo 鹏飞 pengfei 芷若 zhiruo 启明 qiming 心怡 xinyi "
    "泽宇 zeyu 秋月 qiuyue 弘毅 hongyi 丽娜 lina 睿 rui 倩 qian 磊 lei 敏 min 洋 yang"
)
_FIRST = (
    "Lena Jonas Katharina Felix Amira Tobias Sofia Lukas Marta Emil Clara Mehmet Ingrid Paul "
    "Nora Anton Elif David Greta Samuel Ewa Moritz Hannah Piotr Julia Henrik Leyla Oskar "
    "Carla Matteo Ida Rafael Miriam Bastian Zoe Stefan"
)
_LAST = (
    "Vogel Brandt Okafor Lindner Schäfer Nowak Hoffmann Yilmaz Petersen Krause Rossi Weber "
    "Bauer Keller Fischer Novak Sommer Albrecht Demir Engel Kowalski Richter Winter Lang "
    "Hartmann Berger Sørensen Meyer Castro Haas Jansen Otto Pohl Seidel Walter Zimmermann"
)
_PLAIN = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe"}


@dataclass(frozen=True, slots=True)
class Name:
    """A full name, what colleagues say, and the local part of an e-mail address."""

    full: str
    called: str
    address: str


def chinese(seed: int) -> Iterator[Name]:
    """Chinese names, each full name once until all are used, each address once."""
    family, given = _pairs(_FAMILY.split()), _pairs(_GIVEN.split())
    for number, (f, g) in enumerate(_spread(len(family), len(given), seed)):
        (last, last_address), (first, first_address) = family[f], given[g]
        lap = _lap(number, len(family) * len(given))
        yield Name(last + first, last + first, f"{first_address}.{last_address}{lap}")


def european(seed: int) -> Iterator[Name]:
    """European names, each full name once until all are used."""
    family, given = _LAST.split(), _FIRST.split()
    for number, (f, g) in enumerate(_spread(len(family), len(given), seed)):
        last, first = family[f], given[g]
        lap = _lap(number, len(family) * len(given))
        yield Name(f"{first} {last}", first, f"{_plain(first)}.{_plain(last)}{lap}")


def _spread(families: int, givens: int, seed: int) -> Iterator[tuple[int, int]]:
    """All pairs, over and over, such that neighbours share neither name."""
    chosen = random.Random(seed)  # noqa: S311
    family_order = chosen.sample(range(families), families)
    given_order = chosen.sample(range(givens), givens)
    while True:
        for shift in range(givens):
            for at, family in enumerate(family_order):
                yield family, given_order[(at + shift) % givens]


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return list(zip(words[::2], words[1::2], strict=True))


def _lap(number: int, size: int) -> str:
    lap = number // size
    return str(lap + 1) if lap else ""


def _plain(name: str) -> str:
    spelled = "".join(_PLAIN.get(letter, letter) for letter in name.casefold())
    return unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
