"""A 46-sheet Arabic magazine of our own wording, printed to PDF by Chromium as a press office would."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

CHROMIUM = os.environ.get("TAWTHIQ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SHEETS = 46
TOLD_ON = 31
TOLD = (
    "وقال المتحدث باسم بلدية المرفأ إن ثلاثة أشخاص قتلوا وأصيب سبعة آخرون في انفجار عبوة ناسفة "
    "قرب السوق يوم الاثنين 3 آذار 2014."
)
TOPICS = ("الخبز", "الماء", "المدارس", "الطرق", "الكهرباء", "الزراعة", "الصيد")
PARAGRAPH = (
    "في القسم {number} من هذا العدد نتابع أحوال {topic} في الساحل، وقد زار مندوب المجلة الحي القديم وسأل أهله عمّا تغيّر "
    "منذ الشتاء الماضي، فأجاب أكثرهم بأن الأسعار ارتفعت إلى الضعف تقريباً (نحو 45% في الأشهر الثلاثة الأخيرة). وتبقى "
    "«الخدمات» مقطوعة ساعات طويلة كل يوم، كما تقول صحيفة Coast Weekly في عددها الأخير."
)
_STYLE = """
@page { size: A4; margin: 0 } body { margin: 0; font-family: "Noto Naskh Arabic" } h1 { font-size: 60px }
section { height: 1122px; box-sizing: border-box; padding: 60px 70px; position: relative; break-after: page;
  font-size: 15px; line-height: 1.7; text-align: justify; overflow: hidden }
section:last-child { break-after: auto }
.head { position: absolute; top: 20px; font-size: 11px }
.foot { position: absolute; bottom: 25px; left: 0; right: 0; text-align: center; font-size: 11px }
.columns { column-count: 2; column-gap: 30px } .caption { font-size: 11px } .cover { font-size: 20px }
"""


def paragraphs(number: int) -> list[str]:
    """The paragraphs of sheet `number`, in reading order."""
    told = [TOLD] if number == TOLD_ON else []
    return told + [PARAGRAPH.format(number=10 * number + at, topic=TOPICS[(number + at) % 7]) for at in range(5)]


def printed(number: int) -> str:
    """The number as printed on its sheet: even ones in eastern numerals."""
    return str(number) if number % 2 else "".join(chr(0x660 + int(digit)) for digit in str(number))


@cache
def magazine() -> bytes:
    """The magazine as a PDF. Raises FileNotFoundError without Chromium."""
    cover = "<h1>صدى الساحل</h1><p class=cover>مجلة شهرية مستقلة</p><p class=cover>12 آذار/مارس 2014</p>"
    sheets = [cover, *map(_sheet, range(2, SHEETS + 1))]
    source = "".join(f"<section>{sheet}</section>" for sheet in sheets)
    return print_to_pdf(f"<html lang=ar dir=rtl><meta charset=utf-8><style>{_STYLE}</style>{source}")


def _sheet(number: int) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(number))
    head = "<div class=head>صدى الساحل — العدد السابع</div>"
    return f"{head}<div class=columns>{text}</div><div class=foot>{printed(number)}</div>"


def print_to_pdf(source: str) -> bytes:
    """What Chromium prints of an HTML page."""
    if CHROMIUM is None:
        raise FileNotFoundError("chromium")
    with TemporaryDirectory() as folder:
        page, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(source, encoding="utf-8")
        flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        command = [CHROMIUM, *flags, f"--print-to-pdf={target}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()
