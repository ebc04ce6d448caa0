#!/usr/bin/env python3
"""The report of an audit in a browser: Chromium without a window, spoken to over its DevTools protocol (a pipe), at the width of a phone and of a
desk, light and dark, and on paper.

usage: test_report.py [PATH/TO/certigar] [FOLDER]        default: build/certigar, build/report: where the page and the screenshots go
Ends with "N passed, M failed".
"""
import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

sys.dont_write_bytecode = True
from checks import check, finish  # noqa: E402

HERE = Path(__file__).resolve().parent
PROGRAM = str(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE.parent / "build" / "certigar")
FOLDER = Path(sys.argv[2] if len(sys.argv) > 2 else HERE.parent / "build" / "report").resolve()
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable
WORKER = [PYTHON, str(HERE / "support" / "audit_program.py")]
BROWSER = next((found for found in map(shutil.which, ("chromium", "/usr/bin/chromium", "chromium-browser", "google-chrome")) if found), None)


class Browser:
    """Messages are JSON, each ended by a NUL: to the browser on its descriptor 3, from it on 4."""

    def __init__(self, profile):
        to_read, self.out = os.pipe()
        self.inp, to_write = os.pipe()
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--mute-audio",
                 "--disable-background-networking", f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
        script = 'in=$1 out=$2; shift 2; exec "$@" 3<&$in 4>&$out'
        self.process = subprocess.Popen(["bash", "-c", script, "bash", str(to_read), str(to_write), BROWSER, *flags], pass_fds=(to_read, to_write),
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.numbers, self.bytes, self.events, self.session = itertools.count(1), b"", [], None
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def receive(self):
        while b"\0" not in self.bytes:
            more = os.read(self.inp, 1 << 20)
            if not more:
                raise EOFError("the browser ended")
            self.bytes += more
        message, _, self.bytes = self.bytes.partition(b"\0")
        return json.loads(message)

    def call(self, method, **params):
        number = next(self.numbers)
        request = {"id": number, "method": method, "params": params, **({"sessionId": self.session} if self.session else {})}
        os.write(self.out, json.dumps(request).encode() + b"\0")
        while (message := self.receive()).get("id") != number:
            self.events.append(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return message["result"]

    def open(self, url):
        self.events.clear()
        self.call("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self.receive())

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"])
        return result["result"].get("value")

    def look(self, width, scheme, media="screen"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def shoot(self, path):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def complaints(self):
        """What the console, the log or the network said."""
        wrong = []
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Runtime.consoleAPICalled" or method == "Runtime.exceptionThrown":
                wrong.append(params)
            elif method == "Log.entryAdded":
                wrong.append(params["entry"])
            elif method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(("file:", "data:")):
                wrong.append(params["request"]["url"])
        return wrong

    def close(self):
        try:
            self.session = None
            self.call("Browser.close")
        except (EOFError, OSError):
            pass
        os.close(self.out)
        self.process.wait()
        os.close(self.inp)


# Contrast of each piece of text with what is behind it, by WCAG 2.2, 1.4.3; returns the worst with its text.
CONTRAST = """(() => {
  const linear = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
  const parse = text => { const m = text.match(/[\\d.]+/g).map(Number); return { c: m.slice(0, 3), a: m.length > 3 ? m[3] : 1 }; };
  let worst = { ratio: 99 };
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    let back = e, colour = parse(getComputedStyle(back).backgroundColor);
    while (colour.a === 0 && back.parentElement) { back = back.parentElement; colour = parse(getComputedStyle(back).backgroundColor); }
    const [a, b] = [light(parse(getComputedStyle(e).color).c), light(colour.c)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: e.textContent.trim().slice(0, 40), tag: e.className };
  }
  return worst;
})()"""

STRUCTURE = """({
  main: document.querySelectorAll('main').length, h1: document.querySelectorAll('h1').length,
  nav: document.querySelectorAll('nav[aria-label]').length,
  lang: document.documentElement.lang, title: document.title,
  bareHeaders: [...document.querySelectorAll('th')].filter(h => !h.scope).length,
  bareTables: [...document.querySelectorAll('table')].filter(t => !t.caption || !t.caption.textContent.trim()).length,
  brokenLinks: [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(a.hash.slice(1))).length,
  sameIds: document.querySelectorAll('[id]').length - new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size,
  levels: [...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1]).filter((level, i, all) => level > (all[i - 1] ?? 0) + 1).length,
  unnamed: [...document.querySelectorAll('[role=region], section')]
    .filter(e => !e.ariaLabel && !document.getElementById(e.getAttribute('aria-labelledby'))).length,
})"""

CELLS = """Object.fromEntries([...document.querySelectorAll('.matrix tbody tr')].map(row => [row.cells[0].textContent,
  [...row.cells].slice(1).map(cell => cell.textContent.trim())]))"""
HEADS = "[...document.querySelectorAll('.matrix .names th')].map(h => h.textContent)"


class Balance(HTMLParser):
    """Elements that are closed, each in the one that it was opened in."""

    VOID = {"meta", "link", "br", "input", "rect"}

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong = [], []
        self.feed(text)
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def make_report(name, mode, *options):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page, result = FOLDER / f"{name}.html", FOLDER / f"{name}.json"
    with tempfile.TemporaryDirectory() as state:
        reports = ["--report", str(page), "--json", str(result)]
        subprocess.run([PROGRAM, "audit", "--state", f"{state}/audit", *reports, *options, "--", *WORKER, mode, "<b>&amp;"],
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    return page, json.loads(result.read_text())


def check_content(browser, result):
    heads, cells = browser.evaluate(HEADS), browser.evaluate(CELLS)
    for rule in result["rules"]:
        counts = {name: count for name, count in rule["outcomes"].items() if count}
        shown = {name: int(text) for name, text in zip(heads[2:], cells[rule["rule"]][1:]) if text != "0"}
        check(f"the row of {rule['rule']}", shown == counts, (shown, counts))
        commands = browser.evaluate(f"[...document.querySelectorAll('#rule-{rule['rule']} pre.command')].map(c => c.textContent)")
        expected = [] if rule["worst"] is None else [rule["worst"]["ask"]]
        check(f"the commands of {rule['rule']}", commands[:1] == expected, commands)
    check("the data element is the JSON result", browser.evaluate("JSON.parse(document.getElementById('audit-data').textContent)") == result)
    structure = browser.evaluate(STRUCTURE)
    title = structure.pop("title")
    right = {"main": 1, "h1": 1, "nav": 1, "lang": "en", "bareHeaders": 0, "bareTables": 0, "brokenLinks": 0, "sameIds": 0, "levels": 0, "unnamed": 0}
    check("landmarks, headings, names, scopes", structure == right, structure)
    check("the program's name is text", "<b>&amp;" in title and browser.evaluate("document.querySelectorAll('h1 b').length") == 0, title)


def check_look(browser, name):
    for width, scheme in itertools.product((390, 1280), ("light", "dark")):
        browser.look(width, scheme)
        inner, outer = browser.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        check(f"{name}: nothing sticks out at {width} px, {scheme}", inner <= outer == width, (inner, outer))
        worst = browser.evaluate(CONTRAST)
        check(f"{name}: contrast at {width} px, {scheme}", worst["ratio"] >= 4.5, worst)
        browser.shoot(FOLDER / f"{name}-{width}-{scheme}.png")
    browser.look(760, "light", "print")
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    check(f"{name}: folded parts are printed", browser.evaluate("[...document.querySelectorAll('details')].every(d => d.open)"))
    inner, outer = browser.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    check(f"{name}: paper is wide enough", inner <= outer, (inner, outer))


def check_scripts(browser):
    browser.look(1280, "light")
    browser.evaluate("document.querySelectorAll('.matrix .names button')[0].click()")
    names = browser.evaluate("[...document.querySelectorAll('.matrix tbody th')].map(h => h.textContent)")
    check("sorted by name", names == sorted(names) and browser.evaluate("document.querySelector('.matrix .names th').ariaSort") == "ascending", names)
    browser.evaluate("document.querySelector('.filter input').click()")
    left = browser.evaluate("[...document.querySelectorAll('.matrix tbody tr')].filter(r => !r.hidden).map(r => r.dataset.against)")
    check("only the rules that failed", left and "0" not in left, left)
    browser.evaluate("document.activeElement.blur()")
    for event in ("keyDown", "keyUp"):
        browser.call("Input.dispatchKeyEvent", type=event, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    focus = browser.evaluate("({ text: document.activeElement.textContent, outline: getComputedStyle(document.activeElement).outlineStyle })")
    check("the keyboard's first stop skips to the verdicts, and can be seen", focus == {"text": "Skip to the verdicts", "outline": "solid"}, focus)


def check_without_scripts(browser, url, result):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    document = browser.call("DOM.getDocument", depth=1)["root"]["nodeId"]
    rows = browser.call("DOM.querySelectorAll", nodeId=document, selector=".matrix tbody tr")["nodeIds"]
    check("the table is there without scripts", len(rows) == len(result["rules"]), len(rows))
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main():
    if BROWSER is None:
        check("a browser is installed (packages.txt: chromium)", False)
        return
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        for name, mode, options in (("failed", "mixed", ["--cases", "50"]),
                                    ("passed", "right", ["--cases", "40", "--rule", "krum", "--rule", "median"])):
            page, result = make_report(name, mode, *options)
            wrong = Balance(page.read_text(encoding="utf-8")).wrong
            check(f"{name}: every element is closed where it was opened", not wrong, wrong[:3])
            browser.open(page.as_uri())
            browser.call("DOM.enable")
            check_content(browser, result)
            check_look(browser, name)
            if name == "failed":
                check_scripts(browser)
            check(f"{name}: nothing on the console, nothing from the network", browser.complaints() == [], browser.complaints())
            check_without_scripts(browser, page.as_uri(), result)
        browser.close()


main()
finish()
