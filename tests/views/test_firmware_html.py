"""A firmware map and its page maps as HTML that needs nothing from anywhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from allocator.machine.firmware_map import FirmwareMap, Problem, Region
from allocator.machine.firmware_presets import preset_names
from allocator.machine.page_map import build_page_map
from allocator.views.firmware_html import firmware_html, firmware_page, page_map_html

VOID = {"meta", "rect", "polygon"}


class Balance(HTMLParser):
    """Checks that every element is closed in order, and collects the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID - {"rect"}:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        self.words.append(data)


def read(fragment: str) -> Balance:
    balance = Balance()
    balance.feed(fragment)
    balance.close()
    assert balance.open == []
    return balance


@pytest.mark.parametrize("name", [*preset_names(), "1M", "64M", "4T"])
def test_every_machine_becomes_well_formed_html(name):
    assert "Page map, policy baremetal" in "".join(read(firmware_html(FirmwareMap.of(name))).words)


def test_an_empty_map_becomes_well_formed_html():
    assert "No memory is described." in "".join(read(firmware_html(FirmwareMap(()))).words)


def test_a_page_of_its_own_is_well_formed():
    assert firmware_page(FirmwareMap.of("64M")).startswith("<!doctype html>")
    assert read(firmware_page(FirmwareMap.of("64M"))).words


def test_every_text_is_escaped():
    evil = "<script>alert('&')</script>"
    firmware_map = FirmwareMap((Region(0, 4096, 1),), name=evil, notes=(Problem(evil, (), evil),))
    written = firmware_page(firmware_map)
    assert "<script" not in written
    assert 4 == written.count("&lt;script&gt;alert(&#x27;&amp;&#x27;)&lt;/script&gt;")


@pytest.mark.parametrize("word", ["http:", "https:", "src=", "href=", "@import", "url("])
def test_nothing_is_fetched(word):
    assert word not in firmware_page(FirmwareMap.of("ibm-x3500-m4"))


def test_every_colour_has_a_light_and_a_dark_value():
    shown = firmware_html(FirmwareMap.of("64M"))
    defined = set(re.findall(r"--([a-z]+): light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)", shown))
    assert set(re.findall(r"var\(--([a-z]+)\)", shown)) <= defined


def test_the_page_maps_runs_are_in_it():
    words = "".join(read(page_map_html(build_page_map(FirmwareMap.of("4G")))).words)
    assert "os_MemAmount 5,120 MiB, 2,047 pages free" in words


def test_notebooks_show_the_same():
    firmware_map = FirmwareMap.of("64M")
    assert firmware_html(firmware_map) == firmware_map._repr_html_()
    assert page_map_html(build_page_map(firmware_map)) == build_page_map(firmware_map)._repr_html_()


def test_it_has_a_ground_of_its_own_and_as_a_page_the_theme_of_the_reader() -> None:
    shown = firmware_page(FirmwareMap.of("64M"))

    assert ".allocator-firmware { background: var(--ground);" in shown
    assert shown.startswith('<!doctype html><html lang="en" style="color-scheme: light dark">')
